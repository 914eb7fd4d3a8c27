import t from 'tap';
import { background, foreground, hex } from '../../../../exporters/notifier/picture/colour.ts';
import { drawPicture } from '../../../../exporters/notifier/picture/draw.ts';
import { cell, drawn } from './drawn.ts';
import { readPng } from './read-png.ts';

const [paper, ink] = [hex(background), hex(foreground)];
const [right, bottom] = [cell.width - 1, cell.height - 1];

t.test('colours are those that were asked for', async (t) => {
  const lines = [
    '\x1b[48;2;1;2;3m \x1b[0m\x1b[48;5;196m \x1b[0m\x1b[48;5;250m \x1b[0m',
    '\x1b[38;2;9;8;7m█\x1b[7m█\x1b[27m\x1b[8mX\x1b[0m',
  ];
  const picture = await drawn(lines.join('\n'));
  t.same(picture.coloursIn(0, 0), new Set(['#010203']));
  t.same(picture.coloursIn(1, 0), new Set(['#ff0000']));
  t.same(picture.coloursIn(2, 0), new Set(['#bcbcbc']));
  t.same(picture.coloursIn(0, 1), new Set(['#090807']));
  t.same(
    picture.coloursIn(1, 1),
    new Set([paper]),
    'inverse: the block is in the colour of the paper',
  );
  t.same(picture.coloursIn(2, 1), new Set([paper]), 'hidden');
});

t.test('letters are drawn in their colour, bold and dim ones otherwise', async (t) => {
  const picture = await drawn('M\x1b[1mM\x1b[0;2mM\x1b[0;3mM\x1b[0mM ');
  const count = (column: number): number => {
    let inked = 0;
    for (let y = 0; y < cell.height; y++) {
      for (let x = 0; x < cell.width; x++) inked += Number(picture.in(column, 0, x, y) !== paper);
    }
    return inked;
  };
  t.ok(picture.coloursIn(0, 0).has(ink));
  t.ok(count(1) > count(0) * 1.1, 'bold is more');
  t.notOk(picture.coloursIn(2, 0).has(ink), 'dim');
  t.ok(count(2) > 0);
  const top = (column: number): string =>
    Array.from({ length: cell.width }, (_, x) => picture.in(column, 0, x, 12)).join();
  t.equal(top(0), top(4));
  t.not(top(0), top(3), 'italic');
  t.equal(count(5), 0);
});

t.test('lines under, through and over go on under blanks', async (t) => {
  const picture = await drawn('\x1b[4m  \x1b[0m\x1b[9m  \x1b[0m\x1b[53m  ');
  const rows = [0, 2, 4].map((column) => {
    for (let y = 0; y < cell.height; y++) {
      const whole = [0, 1].every((next) =>
        [0, right].every((x) => picture.in(column + next, 0, x, y) === ink),
      );
      if (whole) return y;
    }
    return -1;
  });
  t.same(rows, [36, 23, 0]);
});

t.test('a line of any weight is one line, from cell to cell and row to row', async (t) => {
  for (const [across, down] of [
    ['─', '│'],
    ['━', '┃'],
  ] as const) {
    const picture = await drawn(`${across}${across}\n${down}\n${down}`);
    const middle = [19, 20].filter((y) => picture.in(0, 0, 0, y) === ink);
    t.ok(middle.length > 0, across);
    for (const y of middle) {
      for (let x = 0; x < 2 * cell.width; x++) t.equal(picture.in(0, 0, x, y), ink);
    }
    for (let y = 0; y < 2 * cell.height; y++) t.equal(picture.in(0, 1, 10, y), ink);
  }
});

t.test('corners and crossings meet the lines beside them', async (t) => {
  for (const box of ['┌┬┐├┼┤└┴┘─│', '┏┳┓┣╋┫┗┻┛━┃', '╔╦╗╠╬╣╚╩╝═║', '╓╥╖╟╫╢╙╨╜─║', '╒╤╕╞╪╡╘╧╛═│']) {
    const picture = await drawn([box.slice(0, 3), box.slice(3, 6), box.slice(6, 9)].join('\n'));
    const line = await drawn(`${box[9]}\n${box[10]}`);
    for (const row of [0, 1, 2]) {
      for (const column of [0, 1]) {
        for (let y = 0; y < cell.height; y++) {
          const there = picture.in(column, row, right, y);
          t.equal(there, line.in(0, 0, right, y), `${box} ${column} ${row} to the right`);
          t.equal(there, picture.in(column + 1, row, 0, y));
        }
      }
    }
    for (const column of [0, 1, 2]) {
      for (let x = 0; x < cell.width; x++) {
        t.equal(picture.in(column, 0, x, bottom), line.in(0, 1, x, bottom), `${box} down`);
        t.equal(picture.in(column, 0, x, bottom), picture.in(column, 1, x, 0));
      }
    }
  }
});

t.test('blocks fill their part of the cell to its edge', async (t) => {
  const picture = await drawn('█▀▄▌▐▚▒⣿\ue0b0');
  t.same(picture.coloursIn(0, 0), new Set([ink]));
  const corners = (column: number): string =>
    [
      [0, 0],
      [right, 0],
      [0, bottom],
      [right, bottom],
    ]
      .map(([x = 0, y = 0]) => (picture.in(column, 0, x, y) === ink ? '#' : '.'))
      .join('');
  t.same([1, 2, 3, 4, 5].map(corners), ['##..', '..##', '#.#.', '.#.#', '#..#']);
  t.equal(picture.coloursIn(6, 0).size, 1, 'a shade is even');
  t.notOk(picture.coloursIn(6, 0).has(ink));
  t.ok(picture.coloursIn(7, 0).has(ink), 'dots');
  t.equal(picture.in(8, 0, 0, 20), ink, 'an arrow of a prompt');
});

t.test('wide characters and emoji take two cells, in colour', async (t) => {
  for (const emoji of ['👍🏽', '👨‍👩‍👧‍👦', '🇩🇪', '❤️', '1️⃣']) {
    const picture = await drawn(`${emoji}█`);
    t.ok(picture.coloursIn(0, 0).size > 2, emoji);
    t.ok(picture.coloursIn(1, 0).size > 2, emoji);
    t.same(picture.coloursIn(2, 0), new Set([ink]), `what follows ${emoji} is where it was`);
  }
  const picture = await drawn('漢█');
  t.ok(picture.coloursIn(0, 0).size + picture.coloursIn(1, 0).size > 2, 'a glyph or a box');
  t.same(picture.coloursIn(2, 0), new Set([ink]));
});

t.test('what no font has is a box', async (t) => {
  const picture = await drawn('\u{10fffd}');
  t.ok(picture.coloursIn(0, 0).has(ink));
});

t.test('empty lines and columns at the end are left out, and so much is always left', async (t) => {
  const size = async (text: string) => {
    const { width, height } = await drawn(text);
    return [width, height];
  };
  t.same(await size('a\n\nb\n\n\n'), [40 * 20 + 40, 3 * 40 + 40]);
  t.same(await size(''), [840, 80]);
  t.same(await size(`${'x'.repeat(60)}   `), [60 * 20 + 40, 80]);
  t.same(await size(`${' '.repeat(79)}\x1b[41m \x1b[0m`), [1640, 82], 'a colour is not empty');
});

t.test('the title has a bar of its own', async (t) => {
  const request = { text: 'a', columns: 80, rows: 24, title: 'web-1\nx\x1b[41m' };
  const picture = readPng(await drawPicture(request, Number.POSITIVE_INFINITY));
  t.same([picture.width, picture.height], [840, 140]);
  t.not(picture.at(0, 0), paper);
  t.equal(picture.at(839, 59), picture.at(0, 0));
  t.equal(picture.at(0, 60), paper);
});

t.test('a deadline is kept', async (t) => {
  await t.rejects(drawPicture({ text: 'a', columns: 80, rows: 24, title: '' }, 0), {
    code: 'picture-time',
  });
});
