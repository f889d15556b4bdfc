import type { Instrumentation } from "next";

/** Runs once in each server process, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startOrTell } = await import("./lib/server/start/start-or-tell.ts");
  await startOrTell();
}

export const onRequestError: Instrumentation.onRequestError = async (fault, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { recordFault } = await import("./lib/server/record-fault.ts");
  recordFault(fault, request, context);
};
