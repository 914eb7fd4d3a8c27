import t from 'tap';
import { layOut } from '../../../../exporters/notifier/picture/layout.ts';
import {
  isPhoto,
  maxPhotoRatio,
  maxPhotoSides,
} from '../../../../exporters/notifier/picture/photo.ts';
import { interpretScreen } from '../../../../exporters/notifier/picture/screen.ts';

const full = async (columns: number, rows: number) => {
  const line = 'x'.repeat(columns);
  const text = Array.from({ length: rows }, () => line).join('\n');
  return layOut(await interpretScreen(text, columns, rows), true);
};

t.test('the less there is, the larger it is, and a photo is what Telegram takes', async (t) => {
  const widths = [];
  for (const columns of [1, 40, 80, 100, 120, 160, 200, 250]) {
    const layout = await full(columns, 50);
    widths.push(layout.cellWidth);
    t.ok(isPhoto({ ...layout, bytes: 1 }), `${columns} columns`);
  }
  t.same(widths, [20, 20, 20, 20, 16, 12, 10, 8]);
});

t.test('no screen gives a picture that is too large or too long', async (t) => {
  for (const columns of [1, 39, 80, 500]) {
    for (const rows of [1, 2, 200, 500]) {
      const { width, height, cellWidth } = await full(columns, rows);
      t.ok(width + height <= maxPhotoSides, `${columns} x ${rows}: ${width} x ${height}`);
      t.ok(Math.max(width, height) <= maxPhotoRatio * Math.min(width, height));
      t.ok(cellWidth >= 6);
    }
  }
});

t.test('what would lose its letters as a photo is a document', async (t) => {
  t.ok(isPhoto({ width: 1640, height: 1000, bytes: 9_000_000 }));
  t.notOk(isPhoto({ width: 1640, height: 1000, bytes: 11_000_000 }));
  t.notOk(isPhoto({ width: 4016, height: 3000, bytes: 1 }));
  t.notOk(isPhoto({ width: 2100, height: 100, bytes: 1 }));
});
