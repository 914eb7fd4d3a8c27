import t from 'tap';
import { argumentSlots } from '../../../../../agent/witness/trace/parse/exec-arguments.ts';
import { definitions, probeKinds } from '../../../../../agent/witness/trace/probe/definitions.ts';
import { findLikelyKillers } from '../../../../../agent/witness/trace/probe/likely-killers.ts';

t.test('the best way first, and the one that slows everything down before the last', async (t) => {
  t.same(probeKinds, ['function', 'tracepoint', 'entries']);
});

for (const kind of probeKinds) {
  t.test(`definitions of kind ${kind}`, async (t) => {
    const lines = definitions[kind](`group/${kind}_ab`);
    for (const [i, line] of lines.entries()) {
      t.match(line, new RegExp(`^[pe]:group/${kind}_ab(_\\d+)? \\S+`));
      t.notMatch(line, /\n/, 'one definition is one line');
      for (let slot = 0; slot < argumentSlots; slot += 1) t.match(line, ` a${slot}=`);
      t.notMatch(line, ` a${argumentSlots}=`, 'as many as are read');
      t.equal(lines.indexOf(line), i, 'each once');
    }
  });
}

t.test('each likely killer has a probe at its first instruction', async (t) => {
  const places = definitions.entries('g/n').map((line) => line.split(' ')[1]);
  const expected = findLikelyKillers().map(({ file, entry }) => `${file}:0x${entry.toString(16)}`);
  t.same(places, expected);
});
