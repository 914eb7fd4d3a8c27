import t from 'tap';
import { imageSize } from './image-size.ts';
import { blackPicture } from './sample-picture.ts';

/** Start of image, a table, a start of frame of 9 by 7, as far as they are read. */
const jpeg = Buffer.from('ffd8ffdb0004ababffc0001108000700090301220002110103110100', 'hex');

t.test('the size of a picture', async (t) => {
  t.same(imageSize(blackPicture(320, 200)), { width: 320, height: 200 });
  t.same(imageSize(jpeg), { width: 9, height: 7 });
  t.equal(imageSize(jpeg.subarray(0, 8)), undefined);
  t.equal(imageSize(Buffer.from('text that is no picture at all')), undefined);
  t.equal(imageSize(Buffer.alloc(0)), undefined);
});
