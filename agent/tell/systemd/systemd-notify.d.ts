/** The package has no types. Rejects with an Error, or with what the binary printed. */
declare module 'systemd-notify' {
  export default function notify(options: {
    ready?: boolean;
    status?: string;
    pid?: number;
  }): Promise<unknown>;
}
