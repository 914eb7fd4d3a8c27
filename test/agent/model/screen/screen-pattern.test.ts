import fc from 'fast-check';
import t from 'tap';
import { prologueLine } from '../../../../agent/model/screen/prologue-line.ts';
import { lastScreenLines } from '../../../../agent/model/screen/screen-lines.ts';
import { compilePattern, maxPatternLength } from '../../../../agent/model/screen/screen-pattern.ts';

const has = (pattern: string, text: string): boolean | undefined =>
  compilePattern(pattern).pattern?.test(text);

t.test('patterns are those of RE2, and `^` and `$` are those of a line', (t) => {
  t.equal(has('(?i)login expired', 'your LOGIN Expired'), true);
  t.equal(has('^> $', 'hello\n> \nbye'), true);
  t.equal(has('^bye', 'hello bye'), false);
  t.equal(has('\\p{Lu}é', 'Éé'), true);
  t.end();
});

t.test('what could take for ever, or is none, is refused with the reason', (t) => {
  const problemOf = (pattern: string) => compilePattern(pattern).problem;
  t.match(problemOf('(a)\\1'), /invalid escape/);
  t.match(problemOf('a(?=b)'), /\(\?=/);
  t.match(problemOf('(?<=a)b'), /./);
  t.match(problemOf('(open'), /missing closing/);
  t.match(problemOf('(a{1,30}){1,30}'), /too many steps/);
  t.match(problemOf(''), /nothing/);
  t.match(problemOf('a'.repeat(maxPatternLength + 1)), /more than 200/);
  t.end();
});

t.test('whatever is given as a pattern, it is compiled or refused', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string(), (pattern, text) => {
      const { pattern: compiled, problem } = compilePattern(pattern);
      return compiled === null ? problem !== null : typeof compiled.test(text) === 'boolean';
    }),
  );
  t.end();
});

t.test('of a screen its last lines are looked at, without colours and controls', (t) => {
  t.equal(lastScreenLines('one\ntwo\n\x1b[31mthree\x1b[0m  \n\n\n', 2), 'two\nthree');
  t.equal(lastScreenLines('\x1b]0;login expired\x07\u202eok', 10), 'ok');
  t.equal(lastScreenLines('x'.repeat(1000), 1).length, 400);
  t.end();
});

t.test('what the life before has left above the line of a new one is not looked at', (t) => {
  const line = `\x1b[7m${prologueLine}05:20:32: SIGKILL; back 05:20:32 --\x1b[0m`;
  const old = '\x1b[2mDo you want to proceed?\x1b[0m';
  t.equal(lastScreenLines(`${old}\n${line}\n> go on\n`, 10), '> go on');
  t.equal(lastScreenLines(`${old}\n${line}\n${old}\n${line}`, 10), '', 'of many the last');
  t.end();
});

t.test('however much there is, what is looked at is bounded', (t) => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 900 }), { maxLength: 300 }), (lines) => {
      const text = lastScreenLines(lines.join('\n'), 200);
      return text.length <= 4 * 1024 && text.split('\n').length <= 200;
    }),
  );
  t.end();
});
