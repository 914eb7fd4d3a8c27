/** What parts of the configuration may be, where a type alone does not say it. */

/** A server's name is part of a socket's file name. */
export const serverName = /^[a-z0-9-]{1,32}$/;

/** By default the name of a unit, and a file's name elsewhere. */
export const unitKeyName = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?$/;

/** A service of systemd.unit(5) without escapes; of a template only an instance can run. */
export const unitName =
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}(?:@[A-Za-z0-9][A-Za-z0-9_.-]{0,99})?\.service$/;

/** A user, as part of a unit's name and of a path; what adduser(8) of Debian allows. */
export const ownerName = /^[a-z_][a-z0-9_.-]{0,31}$/;

/** A name as POSIX shells take it. */
export const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Absolute, or below the home directory; no control characters. */
export const absolutePath = /^(?:\/|~\/)[^\x00-\x1f\x7f]*$/;

/** `default`, a `-L` name or a path: tmux appends a `-L` name to a directory, so it has no slash. */
export const adoptedSocket =
  /^(?:(?!\.{1,2}$)[^\x00-\x20\x7f/~][^\x00-\x1f\x7f/]*|(?:\/|~\/)[^\x00-\x1f\x7f]+)$/;

/** In characters (code points): room for any name people give, and small enough for an event to hold it. */
const maxSessionName = 200;

/** Control characters, separators of lines, lone surrogates, code points without a meaning. */
const unprintable = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;

export const isSessionName = (name: string): boolean => {
  const { length } = [...name];
  return length >= 1 && length <= maxSessionName && name.trim() !== '' && !unprintable.test(name);
};

/** Keys that every JavaScript object has, or that valibot leaves out of records. */
export const isReservedKey = (key: string): boolean =>
  key in Object.prototype || key === 'prototype';

/** The system call takes no NUL, and an empty command would be a shell nobody asked for. */
export const isCommand = (command: string): boolean =>
  command.trim() !== '' && !command.includes('\0');

/** A file's name, and one that systemd takes (systemd.exec(5), LoadCredential=). */
export const credentialName = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Hours and minutes. */
export const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Whether it is the name of a time zone (IANA), an alias of one included; an offset from UTC knows no summer. */
export const isTimezone = (name: string): boolean => {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
};
