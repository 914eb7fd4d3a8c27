import t from 'tap';
import { redact } from '../../../../agent/model/redaction.ts';
import { readLiveScreen } from '../../../../agent/observe/link/live-screen.ts';

const esc = '\x1b';
const redacted = (text: string, options: { screenWidth: number }): string =>
  redact(text, options).text;
const read = (text: string, columns = 80): string =>
  readLiveScreen({ text, columns, rows: text.split('\n').length }, redacted).text;

t.test('a screen, its size, and nothing more', async (t) => {
  const given = { text: `${esc}[32mok${esc}[m\n$ `, columns: 80, rows: 2, command: 'x' };
  t.strictSame(readLiveScreen(given, redacted), { text: given.text, columns: 80, rows: 2 });
});

t.test('what is above the screen is not shown, but for its colours', async (t) => {
  const text = `old\n${esc}[31mred\n${esc}[m${esc}[44mblue\n${esc}[1mbold\nlast`;
  const shown = readLiveScreen({ text, columns: 80, rows: 2 }, redacted).text;
  t.equal(shown, `${esc}[44m${esc}[1mbold\nlast`);
});

t.test('a secret that began above the screen is one', async (t) => {
  const body = Array.from({ length: 40 }, (_, i) => `MIIEpAIBAAKCAQEA${i}${'q83vEjRW'.repeat(5)}`);
  const key = ['-----BEGIN RSA PRIVATE KEY-----', ...body, '-----END RSA PRIVATE KEY-----', '$ '];
  const shown = readLiveScreen({ text: key.join('\n'), columns: 80, rows: 24 }, redacted).text;
  t.notMatch(shown, /MIIE|q83v/);
  t.match(shown, /\$ $/);
});

t.test('and so is what may be the rest of one where lines were cut off', async (t) => {
  const lines = Array.from({ length: 100 }, (_, i) => `line ${i}`);
  const shown = readLiveScreen({ text: lines.join('\n'), columns: 80, rows: 101 }, redacted).text;
  t.equal(shown, lines.slice(64).join('\n'));
});

t.test('what is no screen is refused', async (t) => {
  const right = { text: '', columns: 80, rows: 24 };
  const wrong: unknown[] = [
    ...[null, 'text', [], {}, { ...right, text: 7 }, { ...right, columns: 0 }],
    ...[
      { ...right, rows: 10_001 },
      { ...right, rows: 1.5 },
      { ...right, columns: '80' },
    ],
    { ...right, text: 'é'.repeat(128 * 1024 + 1) },
  ];
  for (const given of wrong) {
    t.throws(() => readLiveScreen(given, redacted), {
      ...{ name: 'ProtocolFailure', code: 'invalid-answer' },
    });
  }
  t.strictSame(readLiveScreen({ ...right, text: 'x'.repeat(256 * 1024) }, redacted).text, '');
});

t.test('of more than anybody sees at once, the last lines', async (t) => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${esc}[31m${i} ${'x'.repeat(60)}${esc}[m`);
  const kept = read(lines.join('\n')).split('\n');
  t.equal(kept.at(-1), lines.at(-1));
  t.ok(kept.length > 800 && kept.length < 1000, `${kept.length}`);
  const coloured = `${esc}[38;2;1;2;3mx`.repeat(10_000);
  t.equal(read(coloured), coloured, 'colours do not count');
});

t.test('a secret is found though colours part it, and they stay', async (t) => {
  const key = 'sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z';
  const text = `key ${esc}[31m${key.slice(0, 12)}${esc}[1;32m${key.slice(12)}${esc}[m end`;
  const seen = read(text);
  t.notMatch(seen, /Ab3d|qRs8/);
  t.match(seen, /^key .*\[redacted\].* end$/);
  for (const colour of ['[31m', '[1;32m', '[m']) t.ok(seen.includes(`${esc}${colour}`), colour);
});

t.test('and though the end of a line parts it', async (t) => {
  const line = 'export API_TOKEN=Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0Fe';
  const wrapped = `${line.slice(0, 20)}\n${line.slice(20, 40)}\n${line.slice(40)}\n$ ls`;
  const seen = read(wrapped, 20);
  t.notMatch(seen, /Zx9|6Rq5|Hg0Fe/);
  t.match(seen, /export API_TOKEN=\[redacted\]/);
  t.match(seen, /\$ ls$/);
  const coloured = wrapped.replace('Rq5', `${esc}[7mRq5`);
  t.notMatch(read(coloured, 20), /Zx9|Hg0Fe|Rq5/);
});

t.test('nor does an escape that is taken out hide it', async (t) => {
  const hidden = `API_TOKEN=Zx9Yw8Vu7T${esc}]0;x\x07s6Rq5Po4${esc}[5nNm3\x00Lk2Ji1Hg0Fe`;
  t.equal(read(hidden), 'API_TOKEN=[redacted]');
});
