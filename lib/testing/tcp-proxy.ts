import { once } from "node:events";
import net, { type AddressInfo } from "node:net";

export type TcpProxy = Awaited<ReturnType<typeof tcpProxy>>;

/**
 * A wire between two programs of the test's own, on loopback, that can be made worse: slow, silent, cut. It leads to `port`
 * of this machine. `overhear` gets what the near end says.
 */
export async function tcpProxy(port: number, overhear: (said: Buffer) => void = () => undefined) {
  let target = port;
  let delay = 0;
  let accepts = true;
  let silence: PromiseWithResolvers<void> | null = null;
  const pairs = new Set<{ near: net.Socket; far: net.Socket; lost: boolean }>();

  const server = net.createServer((near) => {
    if (!accepts) return void near.resetAndDestroy();
    const far = net.connect(target, "127.0.0.1");
    const pair = { near, far, lost: false };
    pairs.add(pair);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        pairs.delete(pair);
        // A wire that is dead does not tell one end that the other has gone.
        if (pair.lost && socket === far) return;
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", overhear);
    relay(near, far, pair);
    relay(far, near, pair);
  });
  /** In order, each piece `delay` ms after it came, and none while there is silence. */
  const relay = (from: net.Socket, to: net.Socket, pair: { lost: boolean }): void => {
    let before = Promise.resolve();
    from.on("data", (piece) => {
      if (pair.lost) return;
      const due = performance.now() + delay;
      before = before.then(async () => {
        const early = due - performance.now();
        if (early > 0) await new Promise((done) => setTimeout(done, early));
        while (silence) await silence.promise;
        if (!pair.lost && !to.destroyed) to.write(piece);
      });
    });
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const cut = (): void => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    /** New connections lead there. */
    leadTo: (another: number) => {
      target = another;
    },
    /** Each piece arrives so many milliseconds later, either way. */
    slowBy: (milliseconds: number) => {
      delay = milliseconds;
    },
    /** Nothing passes and nothing breaks: what is said meanwhile arrives afterwards. */
    fallSilent: () => {
      silence ??= Promise.withResolvers();
    },
    speakAgain: () => {
      silence?.resolve();
      silence = null;
    },
    /** Every connection there is, by a reset. */
    cut,
    /** Every connection there is goes dead without either end being told, as when a machine loses its power; new ones work. */
    lose: () => {
      for (const pair of pairs) pair.lost = true;
    },
    /** Whether new connections are let through; refused ones are reset. */
    accept: (whether: boolean) => {
      accepts = whether;
    },
    connections: () => pairs.size,
    stop: async () => {
      silence?.resolve();
      silence = null;
      cut();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** The same URL by way of a proxy. */
export function through(proxy: { port: number }, url: string): string {
  const other = new URL(url);
  other.hostname = "127.0.0.1";
  other.port = String(proxy.port);
  return other.href;
}
