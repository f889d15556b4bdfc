import { type Challenge, solveChallenge, solveChallengeWorkers } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

/** More workers than this only get in each other's way on a phone whose other cores are slow. */
const WORKERS_AT_MOST = 4;
/** Milliseconds. Nobody waits longer for a tick. */
const PATIENCE = 60_000;

/** Fetches a challenge and does its work beside the page. The value goes into the form as it is. Throws where it could not. */
export async function solveCaptcha(controller: AbortController): Promise<string> {
  const answer = await fetch("/api/captcha", { cache: "no-store", signal: controller.signal });
  if (!answer.ok) throw new Error("No challenge was given");
  const challenge = (await answer.json()) as Challenge;
  const solution =
    (await inWorkers(challenge, controller)) ??
    (await solveChallenge({ challenge, controller, deriveKey, timeout: PATIENCE }));
  if (!solution) throw new Error("The challenge was not solved in time");
  return btoa(JSON.stringify({ challenge, solution }));
}

/** Nothing where workers cannot be had: then the page does it itself, between its other work. */
const inWorkers = (challenge: Challenge, controller: AbortController) =>
  solveChallengeWorkers({
    challenge,
    controller,
    concurrency: Math.min(WORKERS_AT_MOST, navigator.hardwareConcurrency || 2),
    createWorker: () => new Worker(new URL("./captcha-worker.ts", import.meta.url), { type: "module" }),
    timeout: PATIENCE,
  }).catch(() => null);
