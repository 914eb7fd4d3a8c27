import { type Failure, mayHaveRun } from '../../../../agent/model/failure.ts';
import type { Rich } from '../format/rich.ts';
import { answerTexts } from '../texts/answers.ts';

/** @param isDeed whether something was to be done, which may have been */
export const failureText = (failure: Failure, isDeed: boolean): Rich => {
  if (isDeed && mayHaveRun(failure)) return answerTexts.notKnown(failure.message);
  return failure.code === 'agent-unreachable' || mayHaveRun(failure)
    ? answerTexts.agentSilent(failure.message)
    : answerTexts.notDone(failure.message);
};
