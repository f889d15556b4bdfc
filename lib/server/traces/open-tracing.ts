import { randomUUID } from "node:crypto";
import { type Context, SpanKind as Kind, ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { ExportResultCode, parseTraceParent } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { type Duration, minutes, seconds } from "#lib/kernel/time.ts";
import type { Config } from "../config.ts";
import { type Span, type SpanKind, spansUnderWay, type Tracing } from "./tracing.ts";

const HANDED_OVER_EVERY = seconds(2);
const HAND_OVER_WITHIN = seconds(10);
/** A collector that is away is told of this often, not with every batch. */
const TOLD_EVERY = minutes(5);

const kinds: Record<SpanKind, Kind> = { server: Kind.SERVER, client: Kind.CLIENT, consumer: Kind.CONSUMER };

/**
 * Spans to a collector, over OTLP in JSON. Nothing is registered for others: Next.js would add spans of its own, which hold
 * paths, and a path may hold a mailed secret. What is written is what this portal names itself.
 */
export function openTracing(
  { traces, version }: { traces: NonNullable<Config["traces"]>; version: string },
  warn: (fault: unknown) => void,
  handOverWithin: Duration = HAND_OVER_WITHIN,
): Tracing {
  const url = `${traces.endpoint}/v1/traces`;
  const exporter = telling(new OTLPTraceExporter({ url, timeoutMillis: handOverWithin }), warn);
  const provider = new TracerProvider({
    resource: resourceOf(version),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(traces.share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: HANDED_OVER_EVERY })],
  });
  const tracer = provider.getTracer("kunci", version);
  const underWay = spansUnderWay<Context>();

  return {
    begin: (name, kind, attributes, traceparent): Span => {
      const parent = contextOf(traceparent) ?? underWay.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, parent);
      const within = trace.setSpan(parent, span);
      return {
        within: (work) => underWay.run(within, work),
        set: (facts) => void span.setAttributes(facts),
        rename: (name) => void span.updateName(name),
        end: (failed) => {
          if (failed !== undefined) span.setAttribute("error.type", failed).setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    isWithin: () => underWay.getStore() !== undefined,
    stop: () => provider.shutdown(),
  };
}

/** Spans that were not taken are lost, and whoever reads the log is told of it now and then. */
function telling(exporter: SpanExporter, warn: (fault: unknown) => void): SpanExporter {
  let told = Number.NEGATIVE_INFINITY;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS && performance.now() - told > TOLD_EVERY) {
          told = performance.now();
          warn(result.error);
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` have the last word, as everywhere. */
const resourceOf = (version: string) =>
  defaultResource()
    .merge(
      resourceFromAttributes({
        "service.name": "kunci",
        "service.version": version,
        "service.instance.id": randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));

/** A caller's trace (W3C Trace Context §3.2); nothing where it is malformed. */
function contextOf(traceparent: string | undefined): Context | undefined {
  const caller = traceparent === undefined ? null : parseTraceParent(traceparent);
  if (!caller) return undefined;
  const { traceId, spanId, traceFlags } = caller;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: traceFlags & TraceFlags.SAMPLED,
    isRemote: true,
  });
}
