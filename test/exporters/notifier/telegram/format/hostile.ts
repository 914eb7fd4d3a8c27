import fc from 'fast-check';

/** Pieces of what a program may print to be read as more than text. */
const bait = [
  ...[
    '<b>',
    '</pre>',
    '<a href="https://evil.example">x</a>',
    '&lt;',
    '&amp',
    '&#x202e;',
    '<',
    '>',
    '&',
    '"',
  ],
  ...[
    '/stop',
    '/restart@holdfast_demo_bot',
    '@channel',
    '@all',
    '#tag',
    '$TSLA',
    't.me/x',
    'example.com',
  ],
  ...[
    'https://evil.example/a?b=c',
    'tg://resolve?domain=x',
    'mailto:a@b.de',
    'a@b.de',
    'ftp:x',
    'www.x.y',
  ],
  ...['4111 1111 1111 1111', '+49 30 1234567', '*bold*', '_x_', '`code`', '||spoiler||', '[a](b)'],
  ...[
    '\x1b[31m',
    '\x1b]8;;https://evil.example\x07link\x1b]8;;\x07',
    '\x1b]0;title\x07',
    '\x9b1m',
    '\x00',
    '\x07',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u2028',
    '\ud800',
    '\udc00',
    '\ufffe',
    '\u{e0041}',
  ],
  ...[
    '👨‍👩‍👧‍👦',
    '🇬🇧',
    '❤️',
    'e\u0301\u0301\u0301\u0301\u0301',
    '日本語',
    '\r\n',
    '\n',
    '\t',
    ' ',
    '\u2800',
    '\u3164',
  ],
];

/** Any bytes, read as a terminal would read them, with baits in between. */
export const hostileText = (maxLength = 40): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...bait),
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.string({ maxLength: 12 }),
        fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
        fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      ),
      { maxLength },
    )
    .map((pieces) => pieces.join(''));
