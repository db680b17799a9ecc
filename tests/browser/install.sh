#!/bin/sh
# Makes sure that Chromium, a Chinese typeface, Java, npm, newsboat (a feed reader), a reader of QR codes, nginx, wrk,
# systemd, OpenSSL and jq are there for the tests.
# Does nothing when they are; installs them with apt-get when that is allowed; says what is missing otherwise.
set -eu

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

missing() {
    command -v chromium >/dev/null 2>&1 || printf ' chromium'
    if command -v fc-list >/dev/null 2>&1; then
        [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ] || printf ' fonts-noto-cjk'
    else
        ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || printf ' fonts-noto-cjk'
    fi
    # Debian's alternatives may lead to a Java that has gone.
    java -version >/dev/null 2>&1 || printf ' default-jre-headless'
    command -v npm >/dev/null 2>&1 || printf ' npm'
    command -v newsboat >/dev/null 2>&1 || printf ' newsboat'
    command -v zbarimg >/dev/null 2>&1 || printf ' zbar-tools'
    [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null 2>&1 || printf ' nginx'
    command -v wrk >/dev/null 2>&1 || printf ' wrk'
    command -v systemd-analyze >/dev/null 2>&1 || printf ' systemd'
    command -v openssl >/dev/null 2>&1 || printf ' openssl'
    command -v jq >/dev/null 2>&1 || printf ' jq'
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    fail "检验缺少：$wanted。" '本机没有 apt-get，请用系统自己的办法装好 Chromium（命令名 chromium）、中文字体、Java（11 或更新，命令名 java）、npm、newsboat、ZBar（命令名 zbarimg）、nginx、wrk、systemd（命令名 systemd-analyze）、OpenSSL 和 jq 后再运行。'
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    fail "检验缺少：$wanted。" "当前用户不能安装软件，请管理员执行：apt-get install --no-install-recommends$wanted"
fi

echo "正在安装检验所需的软件：$wanted"
apt() {
    # shellcheck disable=SC2086 # an empty prefix must vanish
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null
}
apt update || fail '软件源更新失败，请检查网络和 apt 的软件源设置。'
# shellcheck disable=SC2086 # names of packages
apt install -y --no-install-recommends $wanted || fail "安装失败：$wanted。请查看上面 apt-get 的说明。"

wanted=$(missing)
[ -z "$wanted" ] || fail "安装之后仍然缺少：$wanted。"
