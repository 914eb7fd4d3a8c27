import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mainFile } from '../../agent/cli/run-cli.ts';

/** What stands in for the programs of a service, below `holdfast up`: the journal is a file, a unit is a child. */
const programs = (home: string): Record<string, string> => ({
  holdfast: `exec '${process.execPath}' '${mainFile}' "$@" --home '${home}'`,
  journalctl: `exec tail -n 20 '${home}/log/notifier.log'`,
  curl: `exec '${process.execPath}' -e '
const [, url] = /url = "(.*)"/.exec(require("fs").readFileSync(0, "utf8"));
fetch(url).then(async (answer) => console.log(await answer.text()));'`,
  systemctl: `
notifier() {
  holdfast status --json | '${process.execPath}' -p 'JSON.parse(require("fs").readFileSync(0)).notifier?.pid ?? ""'
}
pid=$(notifier)
case "$*" in
  'is-active holdfast-notifier') kill -0 "$pid" && echo active ;;
  'restart holdfast-notifier')
    kill -TERM "$pid"
    for _ in $(seq 60); do
      [ "$(notifier)" = "$pid" ] || exit 0
      sleep 0.1
    done
    exit 1 ;;
  'show -P Result holdfast-notifier') echo success ;;
  'show -P MemoryMax holdfast-notifier' | 'cat holdfast-notifier') echo ;;
  *) echo "no stand-in for systemctl $*"; exit 1 ;;
esac`,
});

/** Writes them. @returns their directory, for PATH */
export const writeShims = (root: string, home: string): string => {
  const directory = join(root, 'bin');
  mkdirSync(directory);
  for (const [name, script] of Object.entries(programs(home))) {
    writeFileSync(join(directory, name), `#!/bin/sh\nset -eu\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  return directory;
};
