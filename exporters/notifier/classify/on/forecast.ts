import { forecastKey } from '../../../../agent/model/forecast-key.ts';
import { forecastText } from '../../../../agent/model/text/forecast-text.ts';
import { printable } from '../../../../agent/model/text/printable.ts';
import { resolveOpen } from '../close.ts';
import { raiseAlert } from '../open.ts';
import type { Handlers } from './handler.ts';

export const forecastHandlers = {
  // One for each thing, however often its time is told anew.
  'forecast.warned': (book, event) => {
    const { session, server, at } = event.data;
    const message = printable(forecastText(event.data, at));
    const sessions = session === null ? [] : [session];
    return raiseAlert(book, 'running-out', forecastKey(event.data), event, {
      ...{ message, server, sessions },
    });
  },

  'forecast.cleared': (book, { at, data }) =>
    resolveOpen(book, 'running-out', forecastKey(data), at),
} satisfies Handlers;
