import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Changes } from '../changes.ts';

/** What a process of the API counts, as Prometheus reads it. */
export interface Metrics {
  readonly registry: Registry;
  requestStarted(): void;
  requestFinished(route: string, status: number): void;
  procedureCalled(procedure: string, status: number, durationSeconds: number): void;
  subscriptionOpened(): void;
  subscriptionClosed(): void;
}

export interface MetricsSources {
  readonly pool: Pool;
  readonly changes: Changes;
  /** Also the process's own: memory, CPU, lag of the event loop; each is measured all the time. */
  readonly ofProcess?: boolean;
}

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Labels take only values that the API itself knows: its routes, its procedures, statuses. */
export function createMetrics({ pool, changes, ofProcess = false }: MetricsSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });

  const inFlight = new Gauge({
    name: 'apms_http_requests_in_flight',
    help: 'Requests being answered',
    registers,
  });
  const requests = new Counter({
    name: 'apms_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['route', 'status'],
    registers,
  });
  const calls = new Histogram({
    name: 'apms_procedure_duration_seconds',
    help: 'Calls of procedures, by procedure and status',
    labelNames: ['procedure', 'status'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const subscriptions = new Gauge({ name: 'apms_subscriptions_open', help: 'Open subscriptions', registers });
  const measured = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const counted = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  measured('apms_database_connections', 'Connections of the pool', () => pool.totalCount);
  measured('apms_database_connections_idle', 'Connections that nobody uses', () => pool.idleCount);
  measured('apms_database_connections_waiting', 'Calls waiting for a connection', () => pool.waitingCount);
  measured('apms_changes_listening', 'Whether changes arrive: 1 or 0', () => Number(changes.isListening()));
  counted('apms_changes_received_total', 'Changes received', () => changes.stats().received);
  counted('apms_changes_interruptions_total', 'Interruptions', () => changes.stats().interruptions);
  measured('apms_changes_subscribers', 'Who waits for changes', () => changes.stats().subscribers);

  return {
    registry,
    requestStarted: () => inFlight.inc(),
    requestFinished: (route, status) => {
      inFlight.dec();
      requests.inc({ route, status });
    },
    procedureCalled: (procedure, status, durationSeconds) => {
      calls.observe({ procedure, status }, durationSeconds);
    },
    subscriptionOpened: () => subscriptions.inc(),
    subscriptionClosed: () => subscriptions.dec(),
  };
}
