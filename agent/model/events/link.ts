/** Events about link processes: the ones that run every tmux client, as the owner of the sessions. */
export interface LinkEvents {
  'link.connected': { owner: string; uid: number; pid: number; tmux: string };
  'link.lost': { owner: string; pid: number; reason: string };
}
