/** What was done no longer before an end than this may have to do with it. ms */
export const minuteBeforeMs = 60_000;
