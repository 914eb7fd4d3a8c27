import type { SourceStatus } from '../../model/status/evidence-status.ts';
import type { Inquiry } from './inquiry.ts';

/** Which sources of evidence can be read here, as was last tried. */
export const createKnownSources = ({ probe }: Pick<Inquiry, 'probe'>) => {
  let known: SourceStatus[] = [];
  let looking: Promise<void> | null = null;
  let isAskedAgain = false;

  const tryAll = async (): Promise<void> => {
    known = await probe();
    if (!isAskedAgain) return;
    isAskedAgain = false;
    await tryAll();
  };

  return {
    current: (): SourceStatus[] => known,
    /** Tries them all. What is asked for meanwhile is done once more, when this is done. */
    look(): Promise<void> {
      if (looking) isAskedAgain = true;
      looking ??= tryAll().finally(() => {
        looking = null;
      });
      return looking;
    },
  };
};
