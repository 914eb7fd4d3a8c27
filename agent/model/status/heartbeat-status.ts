export interface HeartbeatStatus {
  beats: number;
  /** What was not heard, by the reason. */
  refused: Record<string, number>;
}
