import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { redact, redactCommand } from '../../../agent/model/redaction.ts';

const telegram = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1';
const pem = `-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEA1234567890abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM
NOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP
q83vEjRW==
-----END RSA PRIVATE KEY-----`;
const pemLines = pem.split('\n');

t.test('what is taken, and what stays beside it', async (t) => {
  const cases: Record<string, string> = {
    'Authorization: Bearer abc.def': 'Authorization: [redacted]',
    'authorization: Basic dXNlcjpwYXNz': 'authorization: [redacted]',
    'Authorization: opaque-7': 'Authorization: [redacted]',
    'Proxy-Authorization: Digest username="a", response="b"': 'Proxy-Authorization: [redacted]',
    'curl -H "Authorization: token x" https://h': 'curl -H "Authorization: [redacted]" https://h',
    '{"Authorization": "Bearer xyz", "a": 1}': '{"Authorization": "[redacted]", "a": 1}',
    'Cookie: a=b; c=d': 'Cookie: [redacted]',
    'Set-Cookie: sid=1; Path=/': 'Set-Cookie: [redacted]',
    'sent Bearer abcdefgh12345678 to it': 'sent Bearer [redacted] to it',
    'postgres://u:p@ss@host/db': 'postgres://u:[redacted]@host/db',
    'redis://:pw@host': 'redis://:[redacted]@host',
    'https://u:pa/ss@host/': 'https://u:[redacted]@host/',
    'https://abcdefghij0123456789@github.com/x': 'https://[redacted]@github.com/x',
    [telegram]: '123456789:[redacted]',
    [`https://api.telegram.org/bot${telegram}/getMe`]:
      'https://api.telegram.org/bot123456789:[redacted]/getMe',
    'KEY=value': 'KEY=[redacted]',
    'export API_KEY="a b c" next': 'export API_KEY="[redacted]" next',
    "PGPASSWORD='it is' psql": "PGPASSWORD='[redacted]' psql",
    'MYSQL_PWD=a\\ b mysql': 'MYSQL_PWD=[redacted] mysql',
    '--token abc --user bob': '--token [redacted] --user bob',
    '--password=xyz --user bob': '--password=[redacted] --user bob',
    '-api-key abc1': '-api-key [redacted]',
    'a secret --token abc1': 'a secret --token [redacted]',
    '{"token": "ab\\"c", "x": 1}': '{"token": "[redacted]", "x": 1}',
    '{\\"token\\":\\"abc\\",\\"u\\":1}': '{\\"token\\":\\"[redacted]\\",\\"u\\":1}',
    '{"key": "a1b2c3d4e5", "n": 1}': '{"key": "[redacted]", "n": 1}',
    'token: abc': 'token: [redacted]',
    '  - password: abc # main': '  - password: [redacted] # main',
    'the API key: abcd1234.': 'the API key: [redacted].',
    'Your password: hunter2': 'Your password: [redacted]',
    "'password' => 'abc'": "'password' => '[redacted]'",
    'secret := "abc"': 'secret := "[redacted]"',
    'aws_secret_access_key = abc/DEF': 'aws_secret_access_key = [redacted]',
    'process.env["TOKEN"] = "x"': 'process.env["TOKEN"] = "[redacted]"',
    'clientSecret=abc&x=1': 'clientSecret=[redacted]',
    '/p?key=abc&x=1#f': '/p?key=[redacted]&x=1#f',
    '/p?a=1&access_token=abc#f': '/p?a=1&access_token=[redacted]#f',
    'PRIVATE=abc CREDENTIAL=def': 'PRIVATE=[redacted] CREDENTIAL=[redacted]',
    'TOKEN=abc"': 'TOKEN=[redacted]"',
    'TOKEN="never closed\nnext': 'TOKEN="[redacted]\nnext',
    'TOKEN="ends in \\': 'TOKEN="[redacted]',
    'say "TOKEN="abc"': 'say "TOKEN="[redacted]"',
    'TOKEN=[redacted]abc': 'TOKEN=[redacted]',
    'token: password: abc1': 'token: [redacted] [redacted]',
    'Authorization: Cookie: a=b': 'Authorization: [redacted] [redacted]',
    'sshpass -p hunter2 ssh h': 'sshpass -p [redacted] ssh h',
    'curl -s -u bob:pw https://h': 'curl -s -u bob:[redacted] https://h',
    '/usr/bin/mysql -u root -phunter2 shop': '/usr/bin/mysql -u root -p[redacted] shop',
    'mariadb -uroot "-pa,b"': 'mariadb -uroot "-p[redacted]"',
    "mysqldump -p'a b' shop": 'mysqldump -p[redacted] shop',
    'sudo mysqladmin -px -h db ping': 'sudo mysqladmin -p[redacted] -h db ping',
    'mariadb-dump --all-databases -px': 'mariadb-dump --all-databases -p[redacted]',
    'mysqldump -pa shop | mysql -pb': 'mysqldump -p[redacted] shop | mysql -p[redacted]',
    'echo bob:hunter2 | chpasswd': 'echo bob:[redacted] | chpasswd',
    "echo -n 'bob:a:b' | sudo /usr/sbin/chpasswd -e":
      "echo -n 'bob:[redacted]' | sudo /usr/sbin/chpasswd -e",
    'chpasswd <<< "bob:hunter2"': 'chpasswd <<< "bob:[redacted]"',
    'https://hooks.slack.com/services/T0/B0/XXXX': 'https://hooks.slack.com/services/[redacted]',
    'https://discord.com/api/webhooks/12345/abc-D': 'https://discord.com/api/webhooks/[redacted]',
    [`before\n${pem}\nafter it`]: 'before\n[redacted]\nafter it',
    [JSON.stringify({ pem })]: '{"pem":"[redacted]"}',
  };
  for (const [text, expected] of Object.entries(cases)) {
    t.same(redact(text).text, expected, JSON.stringify(text));
    t.not(redact(text).count, 0);
  }
});

t.test('tokens known by their form', async (t) => {
  const tokens = [
    ...['sk-ant-api03-abcdefghijk123456', 'sk-proj-abcdefghijkLMNOP', 'sk_live_abcdefghij12'],
    ...[`ghp_${'a1'.repeat(18)}`, `gho_${'a'.repeat(16)}`, `github_pat_${'a_1'.repeat(9)}`],
    ...['glpat-abcdefghijklmnopqrst', 'xoxb-123456789012-abcdef', 'xapp-1-A012345678'],
    ...['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE', `AIza${'SyA-_'.repeat(7)}`],
    ...['ya29.a0AfH6SMBx-1234567890', `GOCSPX-${'abcd'.repeat(7)}`, `npm_${'a1B2'.repeat(9)}`],
    ...[`hf_${'a1B2'.repeat(8)}`, `gsk_${'a1B2'.repeat(10)}`],
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF_-1',
  ];
  for (const token of tokens) {
    t.same(redact(token), { text: '[redacted]', count: 1 }, token);
    t.equal(redact(`a (${token}), b`).text, 'a ([redacted]), b', token);
  }
});

t.test('what only looks like it stays', async (t) => {
  const harmless = [
    ...['KEYBOARD=us', 'monkey=1', 'key: value', 'the key: value pairs', 'keys=a,b', 'turkey: 2'],
    ...['PWD=/home/bob', 'OLDPWD=/home/bob1', 'max_tokens=4096', '"input_tokens": 12345'],
    ...['TOKENIZERS_PARALLELISM=false', 'token_count: 17', 'PASSWORD_FILE=/run/p', 'key=len'],
    ...['token: string;', 'secret: null', 'password=true', '"private": true', 'passwordless=1'],
    ...['primary_key=id1234567', 'sort-key: name', '<li key={item.id}>', 'key=/etc/a1.pem'],
    ...['(token) => {', 'token == null', 'token !== 3', 'credentials: "include"', 'if (key) {'],
    ...[
      'const key = value[key]',
      'the token, a secret and the password',
      'tokens',
      'secretary=Ann',
    ],
    ...[
      'Invalid password: try again',
      'the token: see below',
      'Password: ',
      'FOO_TOKEN= node x.js',
    ],
    ...['Bearer tokens are good', 'basic authentication', 'Authorization: required for this page'],
    ...['cookie: accept', 'Authorization:', 'sort --key 2', '--token --verbose', '--token'],
    ...[
      'https://host:443/@scope/pkg',
      'https://a.b/c?d=e#f',
      'git@github.com:a/b',
      'http://[::1]:80/',
    ],
    ...[
      '12:34:56 up 123 days',
      '2026-11-20T12:34:56.789Z',
      '12345678: 35 files',
      'a::b',
      '1234567890:x',
    ],
    ...['risk-assessment-framework', 'task-sk-1', 'sk-learn', 'disk-usage-of-the-machine'],
    ...[
      '/etc/passwd: No such file',
      '~/.config/token: denied',
      'src/secret.ts:12:5',
      'AKIA',
      'eyJ',
    ],
    ...[
      'docker run -u 1000:1000 image',
      'curl https://a.b',
      'discord.com/api',
      ...['mysql -u root -p shop', 'mysql -P3306 --port=3306 --protocol=tcp', 'mysqld -pidfile'],
      ...['systemctl stop mysql', 'mysql.service -px', 'ssh -p2222 db', 'mkdir -pv mysql'],
      ...['echo bob:1000 | sort', 'chpasswd -e', 'chpasswd < bob:list', 'echo chpasswd done'],
      '`API_KEY=`; and more',
    ],
    ...['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'ssh-rsa AAAAB3Nza bob@h'],
    ...['[redacted]', 'TOKEN=[redacted])', 'Authorization: [redacted]', '://u:[redacted]@h', ''],
  ];
  for (const text of harmless) t.same(redact(text), { text, count: 0 }, JSON.stringify(text));
});

t.test('keys of which the screen shows only a part', async (t) => {
  const shown = (from: number, to: number) => pemLines.slice(from, to).join('\n');
  const prompt = 'bob@host:~$ ls';
  t.equal(redact(`${shown(0, 3)}\n${prompt}`).text, `[redacted]\n${prompt}`);
  t.equal(redact(shown(0, 1)).text, '[redacted]');
  t.equal(redact(`${prompt}\n${shown(2, 5)}`).text, `${prompt}\n[redacted]`);
  t.equal(redact(`${prompt}\n${shown(4, 5)}\n${prompt}`).text, `${prompt}\n[redacted]\n${prompt}`);
  const numbered = pemLines.map((line, index) => `│ ${index + 1} ${line} │`).join('\n');
  t.notMatch(redact(numbered).text, /MIIE|NOPQ|q83v/);
  t.equal(redact(`${shown(0, 2)}\n${prompt}\n${pem}`).text, `[redacted]\n${prompt}\n[redacted]`);
  t.equal(redact(`${pem}\n${prompt}\n${shown(3, 5)}`).text, `[redacted]\n${prompt}\n[redacted]`);
});

t.test('a secret in colours, and colours in a secret', async (t) => {
  t.equal(redact('TOKEN=\x1b[31mabc\x1b[0m x').text, 'TOKEN=\x1b[31m[redacted]\x1b[0m x');
  const token = 'sk-ant-api03-abcdefghijk123456';
  const painted = `\x1b[1m${token.slice(0, 12)}\x1b[0;32m${token.slice(12)}\x1b[m`;
  t.equal(redact(painted).text, '\x1b[1m[redacted]\x1b[0;32m\x1b[m');
  t.equal(redact('\x1b]8;;https://u:p4ss@h\x1b\\').text, '\x1b]8;;https://u:[redacted]@h\x1b\\');
  t.equal(redact('"token": "a\x1b["b').text, '"token": "[redacted]"b');
});

t.test('a secret over two lines of a screen', async (t) => {
  const screen = 'aaaaTOKEN=12\n34567890 x\nshort\n';
  t.equal(redact(screen, { screenWidth: 12 }).text, 'aaaaTOKEN=[redacted]\n x\nshort\n');
  t.equal(redact(screen).text, 'aaaaTOKEN=[redacted]\n34567890 x\nshort\n');
  t.equal(redact('日本TOK\nEN=abc d\n', { screenWidth: 7 }).text, '日本TOK\nEN=[redacted] d\n');
  const coloured = '\x1b[1mTOK\x1b[0m\nEN=abc d\n';
  t.equal(redact(coloured, { screenWidth: 3 }).text, '\x1b[1mTOK\x1b[0m\nEN=[redacted] d\n');
  const ended = 'TOKEN=abc\nnext line\n';
  t.equal(redact(ended, { screenWidth: 80 }).text, 'TOKEN=[redacted]\nnext line\n');
});

t.test('command lines', async (t) => {
  const line = (...argv: string[]) => redactCommand(argv);
  t.same(line('node', '--token', 'a b "c', '--password=x y', 'API_KEY=1 2', '--verbose'), {
    text: 'node --token [redacted] --password=[redacted] API_KEY=[redacted] --verbose',
    count: 3,
  });
  t.same(line('curl', '-H', 'Authorization: Bearer abc1', 'https://h'), {
    text: 'curl -H Authorization: [redacted] https://h',
    count: 1,
  });
  t.same(
    line('curl', '-H', 'Authorization:', 'Bearer', 'abc1').text,
    'curl -H Authorization: [redacted]',
  );
  t.same(line('x', '--token', '--verbose', '--secret', ''), {
    text: 'x --token --verbose --secret ',
    count: 0,
  });
  t.same(line('sh', '-c', 'TOKEN=a run'), { text: 'sh -c TOKEN=[redacted]', count: 1 });
  t.same(line('sudo', '/usr/bin/mysql', '-pa b "c', '-p', 'shop'), {
    text: 'sudo /usr/bin/mysql -p[redacted] -p shop',
    count: 1,
  });
  t.same(line('mkdir', '-pv', '/srv/mysql'), { text: 'mkdir -pv /srv/mysql', count: 0 });
  t.same(line(), { text: '', count: 0 });
  t.same(redactCommand('a\0--secret\0b c\0'), { text: 'a --secret [redacted]', count: 1 });
  t.same(redactCommand('x --api-key foo'), { text: 'x --api-key [redacted]', count: 1 });
  t.same(redactCommand(''), { text: '', count: 0 });
});

/* Properties */

const word = (pattern: RegExp) => fc.stringMatching(pattern);
const value = word(/^[A-Za-z][A-Za-z0-9!$%*+_./:~@-]{4,30}[0-9]$/);
const base64Line = word(/^[A-Za-z0-9+/]{64}$/);

interface Planted {
  /** As it stands in a text. */
  text: string;
  /** What must be gone. */
  secret: string;
}

const plant = (secrets: fc.Arbitrary<string>, text: (secret: string) => string) =>
  secrets.map((secret): Planted => ({ text: text(secret), secret }));

const keys = fc.constantFrom(
  ...['SECRET', 'TOKEN', 'DB_PASSWORD', 'db_passwd', 'API_KEY', 'apikey', 'myApiKey', 'KEY'],
  ...['aws.credential', 'PRIVATE', 'private-key', 'X-Auth-Token', 'SSH_KEY', 'passphrase'],
);
const strongKeys = keys.filter((key) => key !== 'KEY' && key !== 'PRIVATE');
const assignment = (keys: fc.Arbitrary<string>, form: (key: string, value: string) => string) =>
  fc.tuple(keys, value).map(([key, secret]): Planted => ({ text: form(key, secret), secret }));

const kinds: Record<string, fc.Arbitrary<Planted>> = {
  bearer: plant(word(/^[A-Za-z0-9._~+-]{20,60}[0-9]=$/), (token) => `Bearer ${token}`),
  authorization: plant(value, (token) => `Authorization: Bearer ${token}`),
  cookie: plant(value, (token) => `Cookie: sid=${token}`),
  url: plant(word(/^[A-Za-z0-9!$%*+_.~-]{8,30}$/), (password) => `https://bob:${password}@host/x`),
  environment: assignment(keys, (key, secret) => `${key}=${secret}`),
  quoted: assignment(strongKeys, (key, secret) => `${key}="${secret} ${secret}"`),
  json: assignment(strongKeys, (key, secret) => JSON.stringify({ a: 1, [key]: secret })),
  yaml: assignment(strongKeys, (key, secret) => `${key}: ${secret}`),
  flag: assignment(strongKeys, (key, secret) => `--${key} ${secret}`),
  assigningFlag: assignment(strongKeys, (key, secret) => `--${key}=${secret}`),
  query: assignment(keys, (key, secret) => `/p?a=b&${key}=${secret.replace(/[&#]/g, '')}`),
  telegram: plant(word(/^[0-9]{8,10}:[A-Za-z0-9_-]{35}$/), (token) => token),
  openai: plant(word(/^sk-[a-zA-Z0-9]{30}[0-9]{2}$/), (token) => token),
  anthropic: plant(word(/^sk-ant-api03-[a-zA-Z0-9_-]{60}$/), (token) => token),
  github: plant(word(/^(ghp|gho|ghs)_[A-Za-z0-9]{36}$/), (token) => token),
  githubFine: plant(word(/^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/), (token) => token),
  slack: plant(word(/^xoxb-[0-9]{12}-[A-Za-z0-9]{24}$/), (token) => token),
  slackHook: plant(
    word(/^T[A-Z0-9]{8}\/B[A-Z0-9]{8}\/[A-Za-z0-9]{24}$/),
    (path) => `https://hooks.slack.com/services/${path}`,
  ),
  discordHook: plant(
    word(/^[0-9]{18}\/[A-Za-z0-9_-]{68}$/),
    (path) => `https://discord.com/api/webhooks/${path}`,
  ),
  aws: plant(word(/^AKIA[A-Z0-9]{16}$/), (token) => token),
  google: plant(word(/^AIza[A-Za-z0-9_-]{35}$/), (token) => token),
  jwt: plant(
    word(/^eyJ[A-Za-z0-9_-]{20,60}\.eyJ[A-Za-z0-9_-]{20,60}\.[A-Za-z0-9_-]{20,43}$/),
    (token) => token,
  ),
  pem: fc.array(base64Line, { minLength: 1, maxLength: 6 }).map((lines): Planted => {
    const body = lines.join('\n');
    const text = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
    return { text, secret: body };
  }),
};

/** Pieces of secrets without one, and what surrounds them in a terminal. */
const scrap = fc.constantFrom(
  ...[
    'TOKEN=',
    'token: ',
    '"token": "',
    '"',
    "'",
    '`',
    '--password ',
    '--api-key=',
    'key=',
    '?key=',
  ],
  ...[
    '&',
    'Bearer ',
    'Authorization: ',
    'Cookie: ',
    'a=b',
    '://',
    'user:',
    '@',
    'sk-',
    'ghp_',
    'eyJ',
  ],
  ...[
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----END RSA PRIVATE KEY-----',
    '[redacted]',
    '[',
    ']',
    '\\',
  ],
  ...[
    '\n',
    '\r\n',
    '\x1b[31m',
    '\x1b[0m',
    '\x1b[',
    '\x1b',
    '\x1b]0;title\x07',
    'abcdefghij',
    '12345678:',
  ],
  ...[
    'ABCDEFGHIJKLMNOP',
    ' ',
    ')',
    ';',
    ',',
    '{',
    '}',
    '=>',
    ' = ',
    'secret',
    'AKIA',
    'curl -u ',
    '日',
  ],
  ...[
    'sshpass -p ',
    'mysql ',
    ' -p',
    'echo ',
    '| chpasswd',
    'AIza',
    'hooks.slack.com/services/',
    '\t',
    '#',
    '/',
    '-',
    '_',
    'private_key',
    '😀',
  ],
);
const scraps = fc.array(scrap, { maxLength: 20 }).map((parts) => parts.join(''));
const noise = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), scraps);
/** A token stands apart from letters and digits; nothing else is asked. */
const gap = fc.constantFrom(' ', '\n', '\t', '\x1b[0m ', ' \x1b[1;31m', '(', '日', ' "', '> ');

t.test('a secret of every kind is gone, whatever stands around it', async (t) => {
  for (const [kind, planted] of Object.entries(kinds)) {
    fc.assert(
      fc.property(
        noise,
        gap,
        planted,
        gap,
        noise,
        (before, left, { text, secret }, right, after) => {
          const { text: shown, count } = redact(`${before}${left}${text}${right}${after}`);
          assert.ok(!shown.includes(secret), `${kind}: ${JSON.stringify(shown)}`);
          assert.ok(count > 0);
        },
      ),
      { numRuns: 60 },
    );
    t.pass(kind);
  }
});

const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => line.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n'))
    .join('\n');

t.test('and where the terminal broke the line', async (t) => {
  const printed = fc.stringMatching(/^[a-z ]{0,60}$/);
  const plain = (text: string) => text.replaceAll('\n', '');
  for (const [kind, planted] of Object.entries(kinds)) {
    const width = fc.integer({ min: 20, max: 60 });
    fc.assert(
      fc.property(printed, planted, printed, width, (before, { text, secret }, after, columns) => {
        const screen = wrap(`${before} ${text} ${after}`, columns);
        const shown = redact(screen, { screenWidth: columns }).text;
        assert.ok(!plain(shown).includes(plain(secret)), `${kind}: ${JSON.stringify(shown)}`);
        assert.equal(shown.split('\n').length > 0, true);
      }),
      { numRuns: 60 },
    );
    t.pass(kind);
  }
});

t.test('text without secrets stays as it is', async (t) => {
  const plainWord = fc.constantFrom(
    ...[
      'the',
      'session',
      'died',
      'at',
      '12:34:56',
      'pid=4242',
      'tmux:',
      'exit',
      '1',
      '(signal',
      '9)',
    ],
    ...[
      'tokens',
      'monkey=1',
      'keyboard',
      'https://example.org/a?b=c',
      '/etc/passwd',
      'λ',
      '日本語',
      '😀',
    ],
    ...[
      '\x1b[31mred\x1b[0m',
      'const',
      'x',
      '==',
      '{',
      '}',
      '"quoted"',
      "it's",
      '\n',
      '\r\n',
      '\t',
      '#1',
    ],
    ...[
      'bob@host:~$',
      'node',
      'main.ts',
      '--verbose',
      '-u',
      '80%',
      'a.b.c',
      '[1/3]',
      'key:',
      'basic',
    ],
  );
  const text = fc.array(plainWord, { maxLength: 60 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 200 }), (plain, screenWidth) => {
      assert.deepEqual(redact(plain), { text: plain, count: 0 });
      assert.deepEqual(redact(plain, { screenWidth }), { text: plain, count: 0 });
    }),
    { numRuns: 300 },
  );
  t.pass();
});

const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((codes) => String.fromCharCode(...codes));
const anything = fc.oneof(scraps, fc.string({ unit: 'binary' }), units);

t.test('never throws, is idempotent, and grows by a mark per secret at most', async (t) => {
  const width = fc.option(fc.integer({ min: 0, max: 100 }));
  fc.assert(
    fc.property(anything, width, (text, columns) => {
      const options = columns === null ? {} : { screenWidth: columns };
      const once = redact(text, options);
      assert.ok(once.text.length <= text.length + '[redacted]'.length * once.count);
      assert.deepEqual(redact(once.text, options), { text: once.text, count: 0 });
    }),
    { numRuns: 1500 },
  );
  t.pass();
});

t.test('command lines never throw, and leave nothing for a second look', async (t) => {
  fc.assert(
    fc.property(fc.oneof(anything, fc.array(anything, { maxLength: 6 })), (command) => {
      const { text } = redactCommand(command);
      assert.equal(redact(text).text, text);
    }),
    { numRuns: 300 },
  );
  t.pass();
});

t.test('the worst texts take no longer than they are long', async (t) => {
  // Each would run into the time limit of the test if the work grew with the square of the length.
  const worst = [
    ...[
      'key=',
      'key={',
      'token="',
      'key="a.',
      'token=>',
      '--token ',
      'password: try again ',
      'token=)',
    ],
    ...[
      'eyJ',
      'eyJaaaaaaaa.',
      'sk-',
      '://',
      '://a:',
      '12345678:',
      'cookie: a=',
      'authorization:',
      '\\"',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----\nA',
      '\x1b[',
      'TOKEN=\x1b[m',
      'a\n',
    ],
    ...[
      'bearer ',
      'curl -u ',
      'sshpass -p',
      ...[
        'mysql ',
        'mysql -p',
        "mysql -p'",
        'mysql -p" ',
        'echo a:',
        'echo a:b |',
        'chpasswd <<<a:',
      ],
      'hooks.slack.com/a/',
      'authorization:[redacted]',
      '1',
      '日\n',
    ],
  ];
  for (const piece of worst) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    t.ok(redact(text, { screenWidth: 4 }).text.length > 0, JSON.stringify(piece));
  }
});

t.test('no line of a key is read for each border above it', async (t) => {
  let read = 0;
  const { test } = RegExp.prototype;
  RegExp.prototype.test = function (text) {
    read += text.length;
    return test.call(this, text);
  };
  t.teardown(() => {
    RegExp.prototype.test = test;
  });
  for (const piece of ['-----BEGIN X PRIVATE KEY-----', pemLines[1] ?? '']) {
    const text = `-----BEGIN X PRIVATE KEY-----${piece}\n`.repeat(500);
    read = 0;
    redact(text);
    t.ok(read < 10 * text.length, `${read} of ${text.length} characters`);
  }
});

t.test('throughput', async (t) => {
  const line =
    '2026-11-20 12:34:56 session api: node bot.js exited with 1 after 3 h; see https://example.org/runbook?id=7\n';
  const text = line.repeat(20_000);
  redact(text);
  const started = process.cpuUsage();
  redact(text);
  const { user } = process.cpuUsage(started);
  t.comment(`${Math.round(text.length / Math.max(1, user))} MB per second of CPU on ordinary text`);
  t.same(redact(text).count, 0);
});
