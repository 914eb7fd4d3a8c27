import t from 'tap';
import {
  codeIn,
  createOneTimeCode,
} from '../../../../../exporters/notifier/telegram/pairing/code.ts';

const minute = 60_000;

t.test('a code is void after ten minutes, and after the next one', async (t) => {
  let now = 1_000_000;
  const codes = createOneTimeCode(() => now);
  t.equal(codes.redeem('ABCDEFGH', 'eve'), 'none');
  const { code, expiresAt } = codes.begin();
  t.match(code, /^[A-HJ-NP-Z2-9]{8}$/);
  t.equal(expiresAt, now + 10 * minute);
  now = expiresAt;
  t.equal(codes.redeem(code, 'eve'), 'none');
  const third = codes.begin().code;
  const fourth = codes.begin().code;
  t.equal(codes.redeem(third, 'eve'), 'wrong');
  t.equal(codes.redeem(fourth, 'eve'), 'right');
  t.equal(codes.redeem(fourth, 'eve'), 'none');
  codes.begin();
  now -= 60 * minute;
  t.equal(
    codes.redeem('AAAAAAAA', 'eve'),
    'none',
    'a clock that went back makes no code live longer',
  );
});

t.test('what is a code', async (t) => {
  t.equal(codeIn('/start ABCDEFGH'), 'ABCDEFGH');
  t.equal(codeIn('/start@holdfast_demo_bot abcd-efgh '), 'ABCDEFGH');
  t.equal(codeIn('ABCDEFGH'), 'ABCDEFGH');
  for (const text of [
    '/start',
    'ABCDEFG',
    'ABCDEFG0',
    'hello you',
    '/stop ABCDEFGH',
    'ABCDEFGHI',
    '',
  ])
    t.equal(codeIn(text), null, text);
});

t.test('five wrong ones are the end of who sent them, a thousand of the code', async (t) => {
  const codes = createOneTimeCode(() => 1_000_000);
  const wrong = (code: string) => (code === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA');
  const { code } = codes.begin();
  for (const outcome of ['wrong', 'wrong', 'wrong', 'wrong', 'void', 'void'])
    t.equal(codes.redeem(wrong(code), 'eve'), outcome);
  t.equal(codes.redeem(code, 'eve'), 'void', 'he guessed often enough');
  for (let i = 0; i < 2000; i += 1) codes.redeem(wrong(code), 'eve');
  t.equal(codes.redeem(code, 'ada'), 'right', 'a stranger makes it void for himself alone');
  const other = codes.begin().code;
  for (let i = 0; i < 999; i += 1) codes.redeem(wrong(other), `user ${i}`);
  t.equal(codes.redeem(wrong(other), 'ada'), 'void');
  t.equal(codes.redeem(other, 'ada'), 'none');
});
