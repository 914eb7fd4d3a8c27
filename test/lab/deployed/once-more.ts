import { messageOf } from '../../../agent/model/failure.ts';
import type { Lab } from '../suite.ts';

/**
 * For what one record of the kernel tells: an emulated processor now and then loses one (`captured` in suite/witness.ts counts
 * them). What is wrong with us is so the second time too. That it was needed is in the table at the end.
 */
export const onceMore = async (
  { measure }: Pick<Lab, 'measure'>,
  what: string,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
  } catch (cause) {
    measure(`tried once more: ${what}`, messageOf(cause).split('\n')[0] ?? '');
    await act();
  }
};
