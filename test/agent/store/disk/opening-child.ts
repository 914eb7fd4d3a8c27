import { Failure } from '../../../../agent/model/failure.ts';
import { openLog } from '../../../../agent/store/open.ts';
import { pathsIn } from '../temporary-log.ts';

/** `opening-child.ts DIR` tries to open a log below DIR and says how that fails. */
const [, , dir = ''] = process.argv;
const failure = await openLog(pathsIn(dir)).catch((error: unknown) => error);
if (failure instanceof Failure) {
  console.error(failure.message);
  console.log(`${failure.name} ${failure.code}${failure.retryable ? ' retryable' : ''}`);
}
