/**
 * The registry alone. Importing the package by its name also loads https, TLS, cluster, worker
 * threads and OpenTelemetry for parts of it that we do not use.
 */
declare module 'prom-client/lib/registry.js' {
  import type { MetricType, PrometheusContentType } from 'prom-client';

  export interface Value {
    labels: Readonly<Record<string, string>>;
    /** Written out once per object, then remembered. */
    sharedLabels: Readonly<Record<string, string>>;
    value: number;
    metricName: string;
  }

  /** What the registry asks of a metric. */
  export interface RegisteredMetric {
    name: string;
    get(): { name: string; help: string; type: MetricType; values: readonly Value[] };
  }

  export default class Registry {
    registerMetric(metric: RegisteredMetric): void;
    /** The text exposition format 0.0.4. */
    metrics(): Promise<string>;
    readonly contentType: PrometheusContentType;
  }
}
