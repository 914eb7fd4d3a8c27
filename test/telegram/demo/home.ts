import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is there to see on its screen: colours, a box, wide characters. */
const program = [
  "printf '\\033[1;36m┌──────────────┐\\n│ api  v1.4.2  │\\n└──────────────┘\\033[0m\\n'",
  "printf '\\033[32m✔\\033[0m database   \\033[32m✔\\033[0m cache   \\033[33m▲\\033[0m queue 87 %%\\n'",
  "printf '日本語 テスト  😀 🚀  naïve café\\n'",
  'while sleep 1; do date "+%T request handled"; done',
].join('; ');

const configuration = (apiRoot: string): string =>
  JSON.stringify({
    // So that it stays down until somebody presses a button.
    sessions: { api: { command: program, restart: false, importance: 'high' } },
    alerts: { telegram: { api: apiRoot } },
  });

/** A home of its own, with a session to lose and a bot to tell of it. */
export const makeHome = (apiRoot: string, token: string): string => {
  const home = mkdtempSync(join(tmpdir(), 'holdfast-demo-'));
  mkdirSync(join(home, 'etc/credentials'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'etc/credentials/telegram-token'), token, { mode: 0o600 });
  writeFileSync(join(home, 'etc/holdfast.yaml'), `${configuration(apiRoot)}\n`);
  return home;
};
