#!/bin/sh
# Says in lines KEY=VALUE what the role has to know about the machine. Changes nothing. Arguments: names of users.
set -u

say() { printf '%s=%s\n' "$1" "$2"; }
# As the agent does, in the files alone.
has_user() { getent -s files passwd "$1" | cut -d: -f3; }

# shellcheck source=/dev/null
os=$(. /etc/os-release 2> /dev/null && printf '%s %s' "${ID-}" "${VERSION_ID-}")
say os "$os"
say arch "$(dpkg --print-architecture 2> /dev/null)"
say systemd "$(systemctl --version 2> /dev/null | sed -n '1s/^systemd \([0-9]*\).*/\1/p')"
say pid1 "$([ -d /run/systemd/system ] && echo systemd)"
say container "$(systemd-detect-virt --container 2> /dev/null)"
say now "$(date +%s)"
say memory_mb "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)"
say usr_free_mb "$(df -Pm /usr | awk 'NR == 2 { print $4 }')"
say var_free_mb "$(df -Pm /var | awk 'NR == 2 { print $4 }')"
say hidepid "$(awk '$2 == "/proc" && match($4, /hidepid=[^,]*/) { print substr($4, RSTART + 8, RLENGTH - 8) }' /proc/mounts | tail -n 1)"
say tmux "$(tmux -V 2> /dev/null | sed 's/^tmux //')"
say candidate "$(apt-cache policy tmux 2> /dev/null | sed -n 's/^ *Candidate: //p')"
say lists "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' 2> /dev/null | head -n 1)"
say python_apt "$(/usr/bin/python3 -c 'import apt' 2> /dev/null && echo yes)"

# What would run beside the package, or instead of it.
foreign=''
for found in /usr/local/bin/holdfast /etc/systemd/system/holdfast*.service; do
  [ -f "$found" ] && [ ! -L "$found" ] && foreign="$foreign${foreign:+ }$found"
done
say foreign "$foreign"
# Of root and the users named, who are trusted: anybody may call a process so, and must not keep the role from running.
uids=0
for user in "$@"; do
  uid=$(has_user "$user")
  uids="$uids${uid:+,$uid}"
done
say by_hand "$(pgrep -u "$uids" -f '[h]oldfast(\.js)? up( |$)' 2> /dev/null | tr '\n' ' ' | sed 's/ *$//')"

say packages "$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' tmux chrony ntpsec openntpd systemd-timesyncd \
  prometheus-node-exporter unattended-upgrades systemd-oomd 2> /dev/null | sed -n 's/^installed //p' | tr '\n' ' ')"
say state "$(dpkg-query -W -f='${db:Status-Status}' holdfast 2> /dev/null)"
say version "$(dpkg-query -W -f='${db:Status-Status} ${Version}' holdfast 2> /dev/null | sed -n 's/^installed //p')"
say directories "$(find /etc/systemd /etc/needrestart -maxdepth 3 -type d -printf '%p ' 2> /dev/null)"

# What the role wrote before.
say operators "$(getent group holdfast-operators | cut -d: -f4)"
say credentials "$(find /etc/holdfast/credentials -maxdepth 1 -type f -printf '%f ' 2> /dev/null)"
say credential_drop_ins "$(find /etc/systemd/system -path '*/holdfast-*.service.d/50-ansible-credentials.conf' -printf '%p ' 2> /dev/null)"
say owner_drop_ins "$(find /etc/systemd/system -path '*/user@*.service.d/50-holdfast.conf' -printf '%p ' 2> /dev/null)"
say node_exporter_is_ours "$([ -e /var/lib/holdfast-ansible-node-exporter ] && echo yes)"
say enabled "$(find /etc/systemd/system/multi-user.target.wants -name 'holdfast*.target' -printf '%p ' 2> /dev/null)"
for user in "$@"; do say "uid_$user" "$(has_user "$user")"; done
