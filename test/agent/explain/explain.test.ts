import t from 'tap';
import { explain, lateEvidenceMs } from '../../../agent/explain/explain.ts';
import { rules } from '../../../agent/explain/rules.ts';
import { death, evidence, status } from './sample-death.ts';
import { deathOf, recorded } from './witnessed/case.ts';

t.test('a verdict comes soon', async (t) => {
  t.ok(lateEvidenceMs <= 500);
});

t.test('a rule that fails is named, and the others have their say', async (t) => {
  const broken = {
    name: 'broken',
    sentence: 'It fails.',
    judge: () => {
      throw new Error('a mistake');
    },
  };
  const given = evidence({ deaths: [death({ exit: status(7) })] });
  const verdict = explain(given, [broken, ...rules]);
  const { missing, ...rest } = explain(given);
  t.match(verdict, rest);
  t.strictSame(verdict.missing.slice(0, -1), missing);
  t.match(verdict.missing.at(-1), /broken/);
  t.match(explain(given, [broken]), {
    ...{ cause: 'unknown', confidence: 'possible' },
    missing: [/broken/],
    evidence: [{ source: 'rule', text: 'none' }],
  });
});

t.test('where what was done before cannot be told, the verdict stands', async (t) => {
  const given = recorded('', {}, [deathOf(500, 100, { status: 7 })], {
    commands: [{ at: 1, process: null as never }],
  });
  t.match(explain(given), { cause: 'program-exit', exitStatus: 7, preceded: [] });
});
