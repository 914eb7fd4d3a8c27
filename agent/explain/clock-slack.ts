/** Clocks of the kernel, of the journal and ours are read one after the other, and a death is found a moment late. ms */
export const slackMs = 100;
