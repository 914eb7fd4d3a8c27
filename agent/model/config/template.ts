/** The holdfast.yaml that `holdfast up` writes where there is none: two sessions to watch, everything explained. */
export const configTemplate = `# Holdfast. Every key is explained in docs/CONFIG.md; unknown keys are errors.
# Try what you wrote with: holdfast check-config

# tmux servers. Holdfast starts and owns a managed one; an adopted one is yours, and only watched.
servers:
  main: {}
  # work: {adopt: work}            # the server of \`tmux -L work\`
  # other: {adopt: /tmp/other.sock}

# Which of your running tmux servers are watched besides: auto, none, or a list such as [default, work].
adopt: auto

# The sessions Holdfast keeps alive. \`holdfast run NAME -- COMMAND\` adds one without editing this file.
sessions:
  # Prints the time every second.
  demo-1:
    command: while date '+%H:%M:%S still here'; do sleep 1; done

  # Waits for a line and answers it: holdfast attach demo-2
  demo-2:
    command: while printf 'demo-2> ' && read -r line; do echo "you said $line"; done

  # bot:
  #   command: node bot.js         # without it: an interactive shell
  #   cwd: ~/bot                   # absolute, or below ~/
  #   env: {TZ: UTC, PORT: "8080"} # values are text: quote numbers
  #   server: main
  #   restart: on-failure          # back after an end nobody meant
  #   importance: high             # its death matters more: high, normal or low
  #   limits: {memoryMax: 2GiB}    # where systemd runs the tmux server

# log:
#   level: info                    # trace, debug, info, warn, error, fatal
#   sessions: {bot: debug}

# The log of events.
# retention: {maxAge: 30d, maxSize: 256MiB}

# At most so many restarts in so much time; then Holdfast stops for a while, and says so.
# recovery: {maxRestarts: 5, window: 10m}

# health: {interval: 30s}

# What people are told, and where. Secrets are credentials: files, named here. docs/CONFIG.md has every key.
# alerts:
#   quietHours: {from: "23:00", to: "07:00", timezone: Europe/Berlin}  # only what is critical
#   telegram: {minSeverity: warning}                                   # in use with the credential telegram-token
#   webhooks: {ops: {url: https://example.org/hooks/holdfast, secretCredential: ops}}
#   ntfy: {phone: {urlCredential: ntfy-phone}}
#   commands: {log: {command: cat >>~/alerts.log}}
#   deadman: {urlCredential: deadman-url, interval: 60s}
`;
