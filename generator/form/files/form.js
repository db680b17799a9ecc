/* What Decap CMS is told besides its configuration: how a record is read and written, which number a new one takes, and a
   field that suggests what is known already. */
(async () => {
  "use strict";
  const starting = document.getElementById("starting");
  try {
    const answer = await fetch("form.json", { cache: "no-cache" });
    if (!answer.ok) throw new Error(`form.json ${answer.status}`);
    start(await answer.json());
    starting.remove();
  } catch (error) {
    starting.textContent = `网上填报打不开：${error.message}。请刷新一次；仍打不开的，告诉网站管理员。`;
  }

  function start({ config, lists, suggested, taken }) {
    const records = Records({ plain: new Set(lists.plain), single: new Set(lists.single) });
    CMS.registerCustomFormat("record", "yml", {
      fromFile: (text) => records.read(text),
      toFile: (data, order) => records.write(data, order),
    });
    // Nothing is uploaded: records hold no pictures.
    CMS.registerMediaLibrary({
      name: "none",
      init: () => ({ show() {}, hide() {}, enableStandalone: () => false }),
    });
    CMS.registerLocale(config.locale, translated(CMS.getLocale(config.locale)));
    suggest(suggested);
    number(config, taken);
    CMS.init({ config });
  }

  function translated(locale) {
    const found = structuredClone(locale);
    for (const [path, text] of Object.entries(CHINESE)) {
      const keys = path.split(".");
      const last = keys.pop();
      keys.reduce((level, key) => (level[key] ??= {}), found)[last] = text;
    }
    return found;
  }

  function suggest(suggested) {
    const SHOWN = 30;
    CMS.registerWidget(
      "suggested",
      createClass({
        render() {
          const { value, forID, field, onChange, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
          const typed = (value ?? "").trim();
          const known = suggested[field.get("suggest")];
          const like = known.filter((one) => one.some((text) => text.includes(typed))).slice(0, SHOWN);
          const exact = known.find(([id]) => id === typed);
          return h(
            "div",
            {},
            h("input", {
              id: forID,
              type: "text",
              className: `${classNameWrapper} suggested`,
              value: value ?? "",
              list: `${forID}-known`,
              autoComplete: "off",
              onChange: (event) => onChange(event.target.value.trim()),
              onFocus: setActiveStyle,
              onBlur: setInactiveStyle,
            }),
            h(
              "datalist",
              { id: `${forID}-known` },
              like.map(([id, told]) => h("option", { key: id, value: id }, told)),
            ),
            typed ? h("p", {}, exact ? exact[1] : "网站上还没有这一个，请核对。") : null,
          );
        },
      }),
    );
  }

  /* A new record's number: the next one that neither the main branch nor a draft has taken. */
  function number(config, taken) {
    let host;
    const backend = CMS.getBackend(config.backend.name);
    const begin = backend.init;
    backend.init = (...given) => (host = begin(...given));

    const there = async (path) => {
      try {
        const found = await host.getEntry(path);
        return found?.data !== null && found?.data !== undefined && found.data !== "";
      } catch {
        return false;
      }
    };

    CMS.registerEventListener({
      name: "preSave",
      handler: async ({ entry }) => {
        if (!entry.get("newRecord")) return undefined;
        const data = entry.get("data");
        const name = entry.get("collection");
        const folder = config.collections.find((one) => one.name === name).folder;
        const drafts = (await host.unpublishedEntries())
          .filter((id) => id.startsWith(`${name}/`))
          .map((id) => id.slice(id.lastIndexOf("/") + 1));
        if (name === "cases") {
          const year = data.get("published").slice(0, 4);
          const id = (serial) => `${year}-${String(serial).padStart(4, "0")}`;
          const drafted = drafts.filter((one) => one.startsWith(`${year}-`)).map((one) => Number(one.slice(5)));
          let serial = Math.max(taken[year] ?? 0, ...drafted) + 1;
          while (await there(`${folder}/${year}/${id(serial)}.yml`)) serial += 1;
          return data.set("_number", id(serial)).set("_year", year);
        }
        const [, year, serial] = /〔(\d{4})〕(\d+)号$/.exec(data.get("number").trim());
        let stem = `${year}-${serial}`;
        for (let again = 2; drafts.includes(stem) || (await there(`${folder}/${stem}.yml`)); again += 1) {
          stem = `${year}-${serial}-${again}`;
        }
        return data.set("_number", stem);
      },
    });
  }
})();
