import { Badge } from "../ui/badge.tsx";
import { Icon } from "../ui/icon.tsx";

export type OfficialWords = {
  title: string;
  how: string;
  address: string;
  addressText: string;
  lock: string;
  lockText: string;
};

/** How to know the real site. Only on real government addresses (`isOfficialOrigin`). */
export function Official({ words }: { words: OfficialWords }) {
  return (
    <details className="official">
      <summary className="wrap">
        <Icon name="shield" small />
        <span>{words.title}</span>
        <span className="how">{words.how}</span>
        <Icon name="down" small className="chev" />
      </summary>
      <div className="wrap proof">
        <p>
          <strong>{words.address}</strong> {words.addressText}
        </p>
        <p>
          <strong>{words.lock}</strong> {words.lockText}
        </p>
      </div>
    </details>
  );
}

/** `mailbox` leads to the visible mailbox, and marks the demonstration. */
export type PhaseWords = { badge: string; text: string; mailbox?: string };

/** What stage the service is at: a demonstration, which says so on every page, or a service still young. */
export function Phase({ words }: { words: PhaseWords }) {
  const demo = words.mailbox !== undefined;
  return (
    <div className={demo ? "phase demo" : "phase"}>
      <div className="wrap">
        <Badge tone={demo ? "gold" : "info"}>{words.badge}</Badge>
        <p>
          {words.text} {demo && <a href="/mailbox">{words.mailbox}</a>}
        </p>
      </div>
    </div>
  );
}
