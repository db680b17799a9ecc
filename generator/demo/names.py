"""Names and codes of fictional enterprises: every name contains 示例, every organisation code begins with EX.

May import `records`, `forms` and the products. The one place where the demonstration decides who exists and where.
"""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

from msgspec import Struct

from generator import forms
from generator.demo.products import PRODUCTS, Product
from generator.records import Cities, City, County, Industries

MARK = "示例"

_FIRST = "宏瑞华鑫恒德嘉盛泰龙北松兴凯祥安永博金润天荣广昌庆"
_SECOND = "达源远诚丰通成宇茂信和强飞阳益岳升腾洋邦野川麟航泽"
# Shares of 1,000 units, by the first four digits of the city's code; another province counts evenly.
_SHARES = {
    "2301": 400, "2306": 125, "2302": 105, "2310": 85, "2312": 80, "2308": 70, "2303": 30, "2305": 30,
    "2311": 30, "2309": 25, "2304": 25, "2307": 28, "2327": 8,
}  # fmt: skip
# Development zones by the code of the county they lie in.
_ZONES = {
    "230103": "哈尔滨经济技术开发区",
    "230108": "哈尔滨经济技术开发区",
    "230109": "哈尔滨高新技术产业开发区",
    "230111": "哈尔滨利民经济技术开发区",
    "230203": "齐齐哈尔高新技术产业开发区",
    "230206": "富拉尔基经济开发区",
    "230671": "大庆高新技术产业开发区",
    "230805": "佳木斯高新技术产业开发区",
    "231003": "牡丹江经济技术开发区",
    "231202": "绥化经济技术开发区",
}
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_LIMIT = 31**7
_STRIDE = 10_604_499_373  # prime to 31, so that the running numbers map to distinct codes


class Enterprise(Struct, frozen=True, kw_only=True):
    """A fictional legal person; `uscc` is None where the published lists carried no code."""

    name: str
    product: Product
    city: City
    county: County | None
    zone: str | None
    uscc: str | None
    uscc_note: str | None = None
    former_names: tuple[tuple[str, str], ...] = ()


class Namer:
    """Draws enterprises and unit names, none of them twice."""

    def __init__(self, rng: Random, cities: Cities, industries: Industries) -> None:
        """Keep what can be drawn from. Raises ValueError where no known product has its industry listed."""
        self._rng = rng
        self.cities = cities.prefectures
        codes = {part.code for section in industries.sections for part in section.divisions}
        codes |= {g.code for s in industries.sections for d in s.divisions for g in d.groups}
        self._products = tuple(product for product in PRODUCTS if product.industry in codes)
        if not self._products or not self.cities:
            raise ValueError("行业分类或地市为空，无法生成演示名录")
        self._by_key = {product.key: product for product in self._products}
        self._shares = [_SHARES.get(city.code[:4], 60) for city in self.cities]
        self._drawn = [0] * len(self.cities)
        self._names: set[str] = set()
        self._count = 0
        self._product_weights: dict[str, list[int]] = {}

    def product(self, keys: Sequence[str]) -> Product | None:
        """Return one of the products named by key, or None where none of them is in the classification."""
        known = [self._by_key[key] for key in keys if key in self._by_key]
        return self._rng.choice(known) if known else None

    def enterprise(
        self,
        *,
        product: Product | None = None,
        city: City | None = None,
        with_uscc: bool = True,
        broken_uscc: bool = False,
    ) -> Enterprise:
        """Return a new enterprise.

        Args:
            product: what it makes; drawn by the city's mix where None.
            city: where it is; drawn by the shares of the cities, and of the product's home cities, where None.
            with_uscc: whether its credit code is known.
            broken_uscc: whether the code as printed on the licence fails its check.
        """
        city = city or self._city(product)
        product = product or self._product(city)
        county, zone = self._place(city, product)
        self._count += 1
        code = self._uscc(city, county)
        note = None
        if broken_uscc:
            code = code[:17] + ("1" if code[17] != "1" else "2")
            note = "营业执照即印此码，第十八位与国家标准的算法不符，已向登记机关核实"
        return Enterprise(
            name=self._name(city, county, product),
            product=product,
            city=city,
            county=county,
            zone=zone,
            uscc=code if with_uscc else None,
            uscc_note=note,
        )

    def other_city(self, city: City) -> City:
        """Return another city than the given one, or the same where there is no other."""
        others = [(c, w) for c, w in zip(self.cities, self._shares, strict=True) if c.code != city.code]
        if not others:
            return city
        return self._rng.choices([c for c, _ in others], [w for _, w in others])[0]

    def place(self, city: City, product: Product) -> tuple[County | None, str | None]:
        """Return a county of the city, and a development zone where there is one."""
        return self._place(city, product)

    def former(self, enterprise: Enterprise) -> str:
        """Return a name that an enterprise of the same place and trade may have held before."""
        noun = self._rng.choice(enterprise.product.nouns)
        for suffix in ("厂", "制造厂", "总厂", "实业公司", "联合公司"):
            name = f"{enterprise.city.short}{MARK}{noun}{suffix}"
            if name not in self._names:
                self._names.add(name)
                return name
        return self._name(enterprise.city, None, enterprise.product)

    def _city(self, product: Product | None) -> City:
        """A city, drawn so that the shares come out even in a small registry; a product prefers its home."""
        total, drawn = sum(self._shares), sum(self._drawn)
        weights = []
        for city, share, count in zip(self.cities, self._shares, self._drawn, strict=True):
            behind = max(share * (drawn + 16) - count * total, share)
            weights.append(behind * (25 if product and city.code[:4] in product.homes else 1))
        place = self._rng.choices(range(len(self.cities)), weights)[0]
        self._drawn[place] += 1
        return self.cities[place]

    def _product(self, city: City) -> Product:
        place = city.code[:4]
        if place not in self._product_weights:
            weights = [30 if place in product.homes else 1 for product in self._products]
            self._product_weights[place] = list(accumulate(weights))
        return self._rng.choices(self._products, cum_weights=self._product_weights[place])[0]

    def _place(self, city: City, product: Product) -> tuple[County | None, str | None]:
        urban = [county for county in city.counties if county.type in ("市辖区", "开发区")]
        rural = [county for county in city.counties if county.type not in ("市辖区", "开发区")]
        pool = (
            rural if rural and (not urban or self._rng.random() < (0.7 if product.rural else 0.15)) else urban
        )
        if not pool or self._rng.random() < 0.04:
            return None, None
        county = self._rng.choice(pool)
        zone = _ZONES.get(county.code) if self._rng.random() < 0.5 else None
        return county, zone

    def _name(self, city: City, county: County | None, product: Product) -> str:
        place = city.short
        if county and county.type in ("县", "县级市") and self._rng.random() < 0.6:
            place = county.name[:-1] if len(county.name) > 2 else county.name
        plain = self._rng.random() < 0.45
        while True:
            brand = "" if plain else self._rng.choice(_FIRST) + self._rng.choice(_SECOND)
            noun = self._rng.choice(product.nouns)
            name = f"{place}{MARK}{brand}{noun}{self._rng.choice(_FORMS)}"
            core = f"{place}{MARK}{brand}{noun}"
            if core not in self._names:
                self._names.add(core)
                return name
            plain = False

    def _uscc(self, city: City, county: County | None) -> str:
        division = county.code if county and county.in_gbt2260 and self._rng.random() < 0.7 else city.code
        number, signs = (self._count * _STRIDE) % _LIMIT, ""
        for _ in range(7):
            number, rest = divmod(number, 31)
            signs = forms.USCC_ALPHABET[rest] + signs
        first = f"91{division}EX{signs}"
        return first + forms.uscc_check_character(first)
