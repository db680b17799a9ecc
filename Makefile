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
FORMAT ?= text
BASE ?= main
HEAD ?=
ADDR ?= 127.0.0.1:8000
UNITS ?= 340
SEED ?= 2026
DIR ?= build/demo
PYTEST_ARGS ?=
BENCH_ARGS ?=
UV_VERSION ?= 0.13.9

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install --quiet
CHECKER := .cache/tools/node_modules/vnu-jar/build/dist/vnu.jar
AS_OF_OPTION = $(if $(strip $(AS_OF)),--as-of "$(AS_OF)")

# The programs print Chinese whatever the locale, and never wait for a keyboard.
export PYTHONUTF8 := 1
# Material greets every build with a notice about MkDocs 2, which the bounds in pyproject.toml already exclude.
export NO_MKDOCS_2_WARNING := 1

# An environment whose interpreter has gone (an upgrade of the system, say) is made anew.
BROKEN := $(shell $(PY) -c pass >/dev/null 2>&1 || echo FORCE)

.PHONY: help
help: ## 显示本说明
	@echo '用法：make 目标 [变量=值]'
	@echo
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo '变量（等号后为现在的值）：'
	@echo '  REGISTRY=$(REGISTRY)  名录所在目录'
	@echo '  SITE=$(SITE)  网站生成到的目录'
	@echo '  AS_OF=$(AS_OF)  数据截至日，例如 2026-06-30；不填则为北京时间今天'
	@echo '  PYTHON=$(PYTHON)  用来建立 .venv 的解释器，3.11 或更新'

.PHONY: site
site: $(VENV)/.runtime ## 生成网站（REGISTRY、SITE、AS_OF 可改）
	$(PY) -m generator build --registry "$(REGISTRY)" --site "$(SITE)" $(AS_OF_OPTION)

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
demo: $(VENV)/.runtime ## 生成一份虚构的演示名录（UNITS 单元数、SEED 随机种子、DIR 空目录）
	$(PY) -m generator demo "$(DIR)" --units "$(UNITS)" --seed "$(SEED)" $(AS_OF_OPTION)

.PHONY: test
test: $(VENV)/.dev browser ## 全部检验：代码规范、类型、测试（含浏览器测试）
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

.PHONY: bench
bench: $(VENV)/.dev programs ## 测量名录页在 45000 个单元下的速度（BENCH_ARGS 为其他选项），报告在 build/bench
	$(PY) tests/benchmarks/directory.py $(BENCH_ARGS)

.PHONY: bench-build
bench-build: $(VENV)/.dev ## 测量 45000 个单元的检查和生成，与 Hugo、MkDocs 相比（BENCH_ARGS 为其他选项）
	$(PY) tests/benchmarks/building.py $(BENCH_ARGS)

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
browser: $(CHECKER) ## 准备检验所需的 Chromium、中文字体、newsboat、二维码识读程序、nginx 等和网页语法检查器（含 Java）

.PHONY: lock
lock: ## 按 pyproject.toml 和 requirements.in 重新锁定依赖
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --no-input install --quiet uv==$(UV_VERSION)
	$(LOCK) requirements.in --output-file requirements-build.lock
	$(LOCK) --constraint requirements-build.lock pyproject.toml requirements.in --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock pyproject.toml requirements.in \
		--output-file requirements-dev.lock
	rm -rf build/lock

# One index, no settings of the machine, every platform from Python 3.11 on: the same input gives the same lock anywhere.
LOCK = env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_CONSTRAINT -u UV_OVERRIDE \
	build/lock/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
	--generate-hashes --default-index https://pypi.org/simple --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: clean
clean: ## 删除生成的网站、缓存和 .venv
	rm -rf site .site.standby build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache .lycheecache *.egg-info
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

# What the tests need besides: programs of the system, and the HTML checker, locked like the rest.
.PHONY: programs
programs:
	@sh tests/browser/install.sh

$(CHECKER): tests/tools/package.json tests/tools/package-lock.json | programs
	@mkdir -p .cache/tools
	@cp tests/tools/package.json tests/tools/package-lock.json .cache/tools
	@npm ci --prefix .cache/tools --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || { \
		echo '网页语法检查器没有装上，请检查网络和 npm 的软件源设置。' >&2; exit 1; }
	@touch $@
