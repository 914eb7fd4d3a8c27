import t from 'tap';
import { blankPicture } from '../../../../exporters/notifier/picture/blank.ts';
import { sizeOf } from '../../../../exporters/notifier/picture/photo.ts';
import { readPng } from './read-png.ts';

t.test('a blank picture is as large as it should be, and white', async (t) => {
  const png = await blankPicture({ width: 30, height: 20 });
  t.match(sizeOf(png), { width: 30, height: 20 });
  const { at } = readPng(png);
  const colours = new Set<string>();
  for (let x = 0; x < 30; x++) for (let y = 0; y < 20; y++) colours.add(at(x, y));
  t.strictSame([...colours], ['#ffffff']);
});
