import t from 'tap';
import { parseHtml } from './html.ts';

/** `type offset length` of each, with what it bears. */
const outline = (source: string): string[] => {
  const { text, entities } = parseHtml(source);
  return [
    text,
    ...entities.map(({ type, offset, length, ...more }) =>
      [type, offset, length, ...Object.values(more)].join(' '),
    ),
  ];
};

t.test('tags become entities, in UTF-16 code units', async (t) => {
  t.same(outline('a <b>bold</b>'), ['a bold', 'bold 2 4']);
  t.same(outline('🏟 🏟<i>🏟 &lt🏟</i>'), ['🏟 🏟🏟 <🏟', 'italic 5 6']);
  t.same(outline('<B>x</b><strong>y</STRONG>'), ['xy', 'bold 0 1', 'bold 1 1']);
  t.same(outline('<u>1</u><ins>2</ins><s>3</s><strike>4</strike><del>5</del>'), [
    '12345',
    ...['underline 0 1', 'underline 1 1'],
    ...['strikethrough 2 1', 'strikethrough 3 1', 'strikethrough 4 1'],
  ]);
  t.same(outline('<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>'), [
    'xy',
    ...['spoiler 0 1', 'spoiler 1 1'],
  ]);
  t.same(outline('<i>a<b>b</b></i>'), ['ab', 'italic 0 2', 'bold 1 1'], 'nested');
  t.same(outline('<i><b><code>x</code></b></i>'), ['x', 'code 0 1', 'bold 0 1', 'italic 0 1']);
  t.same(outline('<b></b>x'), ['x'], 'of nothing there is none');
  t.same(outline('<b>x</>'), ['x', 'bold 0 1'], 'an end without a name');
});

t.test('quotations, code and emoji', async (t) => {
  t.same(outline('<pre>x</pre><code>y</code>'), ['xy', 'pre 0 1', 'code 1 1']);
  t.same(outline('<pre><code class="language-sh">x</code></pre>'), ['x', 'pre 0 1 sh']);
  t.same(outline('<code class="language-sh"><pre>x</pre></code>'), ['x', 'pre 0 1 sh']);
  t.same(
    outline('<pre> <code class="language-sh">x</code></pre>'),
    [' x', 'pre 0 2', 'code 1 1'],
    'only of the same text',
  );
  t.same(outline('<blockquote>x</blockquote>'), ['x', 'blockquote 0 1']);
  t.same(outline('<blockquote expandable>x</blockquote>'), ['x', 'expandable_blockquote 0 1']);
  t.same(outline('<tg-emoji emoji-id="5">x</tg-emoji>'), ['x', 'custom_emoji 0 1 5']);
});

t.test('links', async (t) => {
  const link = 'text_link 0 1 http://telegram.org/';
  t.same(outline('<a href="http://telegram.org">x</a>'), ['x', link]);
  t.same(outline("<a   href =  'telegram.org' >x</a>"), ['x', link]);
  t.same(outline('<a href=telegram.org>x</a>'), ['x', link]);
  t.same(outline('<a>telegram.org</a>'), ['telegram.org', 'text_link 0 12 http://telegram.org/']);
  t.same(outline('<a href="javascript:alert(1)">x</a>'), ['x']);
  t.same(outline('<a>telegram.org </a>'), ['telegram.org '], 'with a blank it is none');
  t.same(outline('<a href="http://localhost/">x</a>'), ['x'], 'Telegram knows no such host');
  t.match(parseHtml('<a href="tg://user?id=4711">x</a>').entities, [
    { type: 'text_mention', user: { id: 4711 } },
  ]);
});

t.test('references', async (t) => {
  t.same(outline('&lt;&gt;&amp;&quot;&#65;&#x42;'), ['<>&"AB']);
  t.same(outline('&lt&gt;x & y &nbsp; &apos; &#0; &#12345678;'), [
    '<>x & y &nbsp; &apos; &#0; &#12345678;',
  ]);
  t.same(outline('&__proto__;&constructor;'), ['&__proto__;&constructor;']);
  t.throws(() => parseHtml('&#xD800;'), /invalid Unicode characters after decoding/);
});

const refused: Readonly<Record<string, string>> = {
  '🏟 🏟&lt;<abacaba': 'Unclosed start tag at byte offset 13',
  '🏟 🏟&lt;<abac aba>': 'Unsupported start tag "abac" at byte offset 13',
  'ä<script>': 'Unsupported start tag "script" at byte offset 2',
  'x < y > z': 'Unsupported start tag "" at byte offset 2',
  '<i   =aba>': 'Empty attribute name in the tag "i" at byte offset 0',
  '<i    aba  =  ': 'Unclosed start tag "i" at byte offset 0',
  '<i aba = 190azAz-.,': 'Unexpected end of name token at byte offset 9',
  '<i aba = "&lt;>': 'Unclosed start tag at byte offset 0',
  'a</b>': 'Unexpected end tag at byte offset 1',
  '<i>a</i   ': 'Unclosed end tag at byte offset 4',
  'ä<i>a</em   >': 'Unmatched end tag at byte offset 6, expected "</i>", found "</em>"',
  '<b>a<i>b</b></i>': 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"',
  '<b>a': `Can't find end tag corresponding to start tag "b"`,
  '<span>x</span>': 'Tag "span" must have class "tg-spoiler" at byte offset 0',
  '<tg-emoji>x</tg-emoji>': 'Invalid custom emoji identifier specified',
};

t.test('what is refused, in the words of Telegram', async (t) => {
  for (const [source, message] of Object.entries(refused)) {
    t.throws(() => parseHtml(source), { message }, source);
  }
});
