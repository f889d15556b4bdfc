import { alternate, inAnotherProcess } from "./alternate.ts";
import { startBareApp } from "./bare-app.ts";
import { compare, say } from "./report.ts";
import { caseAt, type Place, startSubject } from "./subject.ts";

const AT_ONCE = 16;
const ROUND_MS = 3_000;
const ROUNDS = 5;

/** Requests per second of the pages everybody meets, against an empty dynamic page of a bare app. */
export async function measurePages(place: Place): Promise<void> {
  const [portal, bare] = [await startSubject(place), await startBareApp()];
  try {
    for (const page of ["/sign-in", "/register"]) {
      const rate = async (url: string) => {
        const { answers, seconds } = await inAnotherProcess<{ answers: number; seconds: number }>("get-often.ts", [
          url,
          AT_ONCE,
          ROUND_MS,
        ]);
        return answers / seconds;
      };
      say(`${page}: ${ROUNDS} rounds of ${ROUND_MS / 1_000} s each`);
      await rate(portal.origin + page);
      await rate(bare.origin);
      const { ours, reference } = await alternate(
        ROUNDS,
        () => rate(portal.origin + page),
        () => rate(bare.origin),
      );
      compare("pages", caseAt(page, place), ours, reference, "requests/s");
    }
  } finally {
    await Promise.all([portal.stop(), bare.stop()]);
  }
}
