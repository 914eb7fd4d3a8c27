/** Far more than any configuration has; the parser of YAML takes memory without end for deep nesting. */
export const maxNesting = 200;

/** `- - - …` and `? ? ? …`: a level with every sign. */
const compactNesting = /(?:[-?:][ \t]+){200}/;

/** How many brackets stay open at the deepest place, those in texts and comments included. */
const openBrackets = (text: string): number => {
  let [open, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + ('[{'.includes(bracket) ? 1 : -1));
    deepest = Math.max(deepest, open);
  }
  return deepest;
};

/** Whether a text may nest deeper than `maxNesting` in few characters; indentation cannot. */
export const nestsTooDeep = (text: string): boolean =>
  openBrackets(text) > maxNesting || compactNesting.test(text);
