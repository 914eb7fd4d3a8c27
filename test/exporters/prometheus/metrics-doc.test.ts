import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { collectors } from '../../../exporters/prometheus/collectors.ts';
import { frameFamilies } from '../../../exporters/prometheus/frame.ts';

const docs = join(import.meta.dirname, '../../../docs');

t.test('docs/METRICS.md is what its generator writes', async (t) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(docs, 'generate-metrics.ts'), '--check'],
    { encoding: 'utf8' },
  );
  t.strictSame({ status, stderr }, { status: 0, stderr: '' });
});

t.test('and names every metric once', async (t) => {
  const text = readFileSync(join(docs, 'METRICS.md'), 'utf8');
  for (const { name } of [...collectors.flatMap(({ families }) => families), ...frameFamilies]) {
    t.equal(text.split(`| \`${name}\` |`).length, 2, name);
  }
});
