/** What tmux calls its clients, whatever their file is called (its setproctitle.c); the kernel keeps 15 bytes. */
export const isClient = (comm: string): boolean =>
  comm.endsWith(': client') || (comm.length === 15 && /: c(?:l(?:i(?:en?)?)?)?$/.test(comm));
