# The one door for people and for continuous integration. Needs only make and a python3 (3.11 or newer) with venv.
# Everything is installed into .venv from the hashed lock files; stamps in .venv keep a second run from reinstalling.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
REGISTRY ?= registry
SITE ?= site
AS_OF ?=
ADMIN ?=
GZIP ?=
FORMAT ?= text
BASE ?= main
HEAD ?=
ADDR ?= 127.0.0.1:8000
UNITS ?= 340
CASES ?=
SEED ?= 2026
DIR ?= build/demo
PYTEST_ARGS ?=
BENCH_ARGS ?=
EFFORT ?= 30
MUTANTS_ARGS ?=
KILLS ?= 200
FAULTS_ARGS ?=
SECONDS ?= 60
UV_VERSION ?= 0.13.9

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet
PROPERDOCS := .cache/properdocs
CHECKER := .cache/tools/node_modules/vnu-jar/build/dist/vnu.jar
FORM := .cache/form/node_modules/decap-cms/dist/decap-cms.js
AS_OF_OPTION = $(if $(strip $(AS_OF)),--as-of "$(AS_OF)")
ADMIN_OPTION = $(if $(strip $(ADMIN)),--admin "$(ADMIN)")
GZIP_OPTION = $(if $(strip $(GZIP)),--gzip)

# The programs print Chinese whatever the locale, and never wait for a keyboard.
export PYTHONUTF8 := 1
# Material greets every build with a notice about MkDocs 2, which the bounds in pyproject.toml already exclude.
export NO_MKDOCS_2_WARNING := 1

# An environment whose interpreter has gone (an upgrade of the system, say) is made anew.
BROKEN := $(shell $(PY) -c pass >/dev/null 2>&1 || echo FORCE)
PROPERDOCS_BROKEN := $(shell $(PROPERDOCS)/bin/python -c pass >/dev/null 2>&1 || echo FORCE)

.PHONY: help
help: ## 显示本说明
	@echo '用法：make 目标 [变量=值]'
	@echo
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo '变量（等号后为现在的值）：'
	@echo '  REGISTRY=$(REGISTRY)  名录所在目录'
	@echo '  SITE=$(SITE)  网站生成到的目录'
	@echo '  AS_OF=$(AS_OF)  数据截至日，例如 2026-06-30；不填则为北京时间今天'
	@echo '  ADMIN=$(ADMIN)  网上填报的设置，例如 admin.yml；不填则网站里没有填报'
	@echo '  GZIP=$(GZIP)  填 1 则大文件旁边另放一份压好的，由服务器直接发出'
	@echo '  PYTHON=$(PYTHON)  用来建立 .venv 的解释器，3.11 或更新'

.PHONY: site
site: $(VENV)/.runtime $(if $(strip $(ADMIN)),$(FORM)) ## 生成网站（REGISTRY、SITE、AS_OF 可改，ADMIN 为网上填报的设置，GZIP=1 另放压好的文件）
	$(PY) -m generator build --registry "$(REGISTRY)" --site "$(SITE)" $(AS_OF_OPTION) $(ADMIN_OPTION) $(GZIP_OPTION)

.PHONY: form
form: $(FORM) ## 取得网上填报所用的 Decap CMS（要有 npm），放在 .cache/form

.PHONY: check
check: $(VENV)/.runtime ## 检查名录，列出全部问题（FORMAT 可取 text、json、markdown、github、gitlab）
	@$(PY) -m generator check --registry "$(REGISTRY)" --format "$(FORMAT)" $(AS_OF_OPTION)

.PHONY: review
review: $(VENV)/.runtime ## 检查一次改动：问题、效果、预演和改动后的页面，在 build/review（BASE 为改动前，默认 main）
	@BASE="$(BASE)" AS_OF="$(AS_OF)" FORMAT="$(FORMAT)" .ci/review all

.PHONY: diff
diff: $(VENV)/.runtime ## 说明改动的法律效果（BASE 为改动前，默认 main；HEAD 为改动后，默认现有文件）
	@$(PY) -m generator diff "$(BASE)" $(if $(strip $(HEAD)),"$(HEAD)") --registry "$(REGISTRY)" $(AS_OF_OPTION)

.PHONY: rehearse
rehearse: $(VENV)/.runtime ## 预演以后的日子：检查会不会自己不通过，名单会怎样变
	@$(PY) -m generator rehearse --registry "$(REGISTRY)" $(AS_OF_OPTION)

.PHONY: serve
serve: $(VENV)/.runtime ## 在本机预览网站，地址由 ADDR 指定
	@$(PY) -m generator serve --registry "$(REGISTRY)" --addr "$(ADDR)" $(AS_OF_OPTION)

.PHONY: demo
demo: $(VENV)/.runtime ## 生成一份虚构的演示名录（UNITS 单元数、CASES 案例数、SEED 随机种子、DIR 空目录）
	$(PY) -m generator demo "$(DIR)" --units "$(UNITS)" $(if $(strip $(CASES)),--cases "$(CASES)") --seed "$(SEED)" $(AS_OF_OPTION)

.PHONY: test
test: $(VENV)/.dev $(PROPERDOCS)/.ready browser ## 全部检验：代码规范、类型、测试（含浏览器测试）
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

.PHONY: pictures
pictures: $(VENV)/.dev programs ## 重做录入指南的插图：真正走一遍指南里的步骤，再拍下来
	$(PY) -m tests.guide.pictures

.PHONY: bench
bench: $(VENV)/.dev programs ## 测量名录页在 45000 个单元下的速度（BENCH_ARGS 为其他选项），报告在 build/bench
	$(PY) tests/benchmarks/directory.py $(BENCH_ARGS)

.PHONY: bench-build
bench-build: $(VENV)/.dev ## 测量 45000 个单元的检查和生成，与 Hugo、MkDocs 相比（BENCH_ARGS 为其他选项）
	$(PY) tests/benchmarks/building.py $(BENCH_ARGS)

.PHONY: opinion
opinion: $(VENV)/.dev ## 规则的第二意见：数千份随机名录、随机规则，逐日核对（EFFORT 为平常检验的倍数）
	EFFORT="$(EFFORT)" $(PY) -m pytest -n 2 --timeout 0 tests/rules/test_second_opinion.py \
		tests/rules/test_opinion_of_registries.py

.PHONY: mutants
mutants: $(VENV)/.dev ## 逐处改坏规则代码，看检验能否发现（MUTANTS_ARGS 为其他选项）
	$(PY) tests/mutation/run.py $(MUTANTS_ARGS)

.PHONY: audit
audit: $(VENV)/.dev ## 查锁定的软件包有没有已知的漏洞（要联网；结果随日子变，不在 test 里）
	$(PY) -m tests.supply.audit

.PHONY: sbom
sbom: $(VENV)/.dev ## 写出软件物料清单 build/sbom.cdx.json（CycloneDX）
	$(PY) -m tests.supply.sbom build/sbom.cdx.json

.PHONY: licences
licences: $(VENV)/.dev ## 按锁定文件重新写出第三方软件的许可证清单和声明
	$(PY) -m tests.supply.licences

.PHONY: faults
faults: $(VENV)/.dev ## 随机终止 KILLS 次生成（有无缓存各这么多次）和导入，写满磁盘，看剩下的是否完整
	$(PY) tests/faults/campaign.py --kills "$(KILLS)" $(FAULTS_ARGS)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## 用随机输入试读取、解析、导入和 Markdown，每样 SECONDS 秒；出错的输入留在 build/fuzz
	@for target in reader parser sheet markdown; do \
		$(PY) tests/fuzz/campaign.py $$target --seconds "$(SECONDS)" || exit 1; done

.PHONY: bench-serve
bench-serve: $(VENV)/.dev programs ## 一边用 wrk 访问网站，一边反复生成和换下，查有没有失败或混杂的回答（BENCH_ARGS 为其他选项）
	$(PY) tests/benchmarks/serving.py $(BENCH_ARGS)

.PHONY: format
format: $(VENV)/.dev ## 整理代码格式
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: env
env: $(VENV)/.dev ## 只准备开发环境

.PHONY: browser
browser: $(CHECKER) $(FORM) ## 准备检验所需的 Chromium、中文字体、newsboat、二维码识读程序、nginx 等，网页语法检查器（含 Java）和网上填报

.PHONY: lock
lock: ## 按 pyproject.toml 和 requirements.in 重新锁定依赖
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --no-input install --quiet uv==$(UV_VERSION)
	$(LOCK) requirements.in --output-file requirements-build.lock
	$(LOCK) --constraint requirements-build.lock pyproject.toml requirements.in --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock pyproject.toml requirements.in \
		--output-file requirements-dev.lock
	$(LOCK) --no-emit-package mkdocs --constraint requirements.lock pyproject.toml requirements.in \
		requirements-properdocs.in --output-file requirements-properdocs.lock
	rm -rf build/lock

# One index, no settings of the machine, every platform from Python 3.11 on: the same input gives the same lock anywhere.
LOCK = env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_CONSTRAINT -u UV_OVERRIDE \
	build/lock/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
	--generate-hashes --default-index https://pypi.org/simple --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: clean
clean: ## 删除生成的网站、缓存和 .venv
	rm -rf site .site.standby .site.lock build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache .lycheecache *.egg-info
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The environment -------------------------------------------------------------------------------------------------

.PHONY: FORCE
FORCE:

# The locked build backend comes first: what is published as source only is then built with it, not with one fetched
# unchecked on the side.
$(VENV)/.runtime: requirements-build.lock requirements.lock pyproject.toml $(BROKEN)
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo '需要 Python 3.11 或更新的版本，并带有 venv 模块（Debian、Ubuntu 上的软件包名为 python3-venv）。' >&2; \
		echo '另有合适的解释器时，请用 make PYTHON=解释器的路径 指定。' >&2; exit 1; }
	@rm -f $(VENV)/.runtime $(VENV)/.dev
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements-build.lock
	$(PIP) --require-hashes --no-build-isolation -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@rm -f $@
	$(PIP) --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@

# The other way to build the site: ProperDocs in an environment of its own, without MkDocs. Material names MkDocs as what it
# needs, so nothing is installed but what the lock file lists.
$(PROPERDOCS)/.ready: requirements-build.lock requirements-properdocs.lock pyproject.toml $(PROPERDOCS_BROKEN) | $(VENV)/.runtime
	@rm -f $@
	@$(PYTHON) -m venv --clear $(PROPERDOCS)
	$(subst $(PY),$(PROPERDOCS)/bin/python,$(PIP)) --no-deps --require-hashes -r requirements-build.lock
	$(subst $(PY),$(PROPERDOCS)/bin/python,$(PIP)) --no-deps --require-hashes --no-build-isolation -r requirements-properdocs.lock
	$(subst $(PY),$(PROPERDOCS)/bin/python,$(PIP)) --no-deps --no-build-isolation -e .
	@touch $@

# The web form's packages, locked with hashes: two bundles of their authors, and nothing that these were made of.
$(FORM): generator/form/npm/package.json generator/form/npm/package-lock.json
	@command -v npm >/dev/null 2>&1 || { \
		echo '网上填报要用 npm 取得 Decap CMS，本机没有 npm；请先安装（Debian、Ubuntu 上的软件包名为 npm），或不填 ADMIN。' >&2; \
		exit 1; }
	@mkdir -p .cache/form
	@cp generator/form/npm/package.json generator/form/npm/package-lock.json .cache/form
	@npm ci --prefix .cache/form --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || { \
		echo 'Decap CMS 没有取到，请检查网络和 npm 的软件源设置。' >&2; exit 1; }
	@touch $@

# What the tests need besides: programs of the system, the HTML checker and decap-server, locked like the rest. npm is one of
# the programs.
.PHONY: programs
programs:
	@sh tests/browser/install.sh

ifneq ($(filter browser test,$(MAKECMDGOALS)),)
$(FORM): | programs
endif

$(CHECKER): tests/tools/package.json tests/tools/package-lock.json | programs
	@mkdir -p .cache/tools
	@cp tests/tools/package.json tests/tools/package-lock.json .cache/tools
	@npm ci --prefix .cache/tools --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || { \
		echo '网页语法检查器和 decap-server 没有装上，请检查网络和 npm 的软件源设置。' >&2; exit 1; }
	@touch $@
