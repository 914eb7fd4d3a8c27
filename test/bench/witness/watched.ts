import { type Stack, withStack } from '../stack.ts';

/** Runs `measure` with an agent, a link and a witness, as under `holdfast up` of root. */
export const withWitness = <T>(measure: (stack: Stack) => Promise<T>): Promise<T> =>
  withStack(() => '', measure, { run: ['agent', 'link', 'witness'] });
