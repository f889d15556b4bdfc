import pg from "pg";
import { type Duration, seconds } from "#lib/kernel/time.ts";

const AGAIN_AFTER = seconds(1);

export type Listening = {
  /** Resolves when it listens for the first time. */
  ready: Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Hears what is said in a channel of the database (`NOTIFY`), on a connection of its own. `began` is called whenever it begins
 * to listen: what was said before, or while the connection was lost, nobody has heard.
 */
export function listenToChannel(
  url: string,
  channel: string,
  on: { heard: (payload: string) => void; began: () => void; lost: (fault: unknown) => void },
  againAfter: Duration = AGAIN_AFTER,
): Listening {
  let client: pg.Client | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((done) => {
    isReady = done;
  });

  const listen = async (): Promise<void> => {
    const own = new pg.Client({ connectionString: url, application_name: "kunci sign-outs", keepAlive: true });
    client = own;
    let gone = false;
    const lost = (fault: unknown) => {
      if (gone) return;
      gone = true;
      void own.end().catch(() => undefined);
      if (stopped) return;
      on.lost(fault);
      timer = setTimeout(() => void listen(), againAfter);
    };
    own.on("error", lost);
    own.on("end", () => lost(new Error("The connection was ended")));
    own.on("notification", ({ payload }) => on.heard(payload ?? ""));
    try {
      await own.connect();
      await own.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (fault) {
      lost(fault);
      return;
    }
    isReady();
    on.began();
  };
  void listen();

  return {
    ready,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
