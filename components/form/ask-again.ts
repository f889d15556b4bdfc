/** How often, before the page is told. */
const TIMES = 3;
/** Milliseconds, where the portal does not say when. */
const OTHERWISE = 5_000;

type Fetch = typeof fetch;

/**
 * As `send`, but what the portal put off because too many came at once is asked again when it says, a few times: it is put
 * off before anything is done with it, so that nothing happens twice, and nobody has to type anything again. An action
 * that ran and says itself that it is busy answers with a page's data, and is left alone; so is what a page asks by itself.
 */
export function askingAgain(send: Fetch, wait: (ms: number) => Promise<void>): Fetch {
  return async (input, init) => {
    for (let times = 1; ; times++) {
      const answer = await send(input, init);
      if (times > TIMES || !isPutOff(answer) || new Headers(init?.headers).has("x-by-itself")) return answer;
      await wait(Number(answer.headers.get("retry-after")) * 1_000 || OTHERWISE);
      if (init?.signal?.aborted) return answer;
    }
  };
}

const isPutOff = ({ status, headers }: Response): boolean =>
  status === 503 && headers.has("retry-after") && !headers.get("content-type")?.startsWith("text/x-component");
