import { PhoneLink } from "../ui/phone-link.tsx";
import type { FrameProps } from "./frame.tsx";

/** The songket strip, the agency's address, the helpdesk, the four links and the version. */
export function Footer({
  words,
  agency,
  helpdesk,
  version,
}: Pick<FrameProps, "words" | "agency" | "helpdesk" | "version">) {
  return (
    <footer className="foot">
      <div className="wajik" />
      <div className="wrap">
        <div className="cols">
          <div>
            <h2>{agency.name}</h2>
            <address>{agency.address}</address>
          </div>
          <div>
            <h2>{helpdesk.name}</h2>
            <p className="muted">
              {helpdesk.days}
              <br />
              {helpdesk.hours}
            </p>
            <PhoneLink phone={helpdesk.phone} />
          </div>
          <nav aria-label={words.footerLabel}>
            <ul className="links">
              <li>
                <a href="/guide">{words.guide}</a>
              </li>
              <li>
                <a href="/call">{words.call}</a>
              </li>
              <li>
                <a href="/accessibility">{words.accessibility}</a>
              </li>
              <li>
                <a href="/privacy">{words.privacy}</a>
              </li>
              <li>
                <a href="/security">{words.security}</a>
              </li>
            </ul>
          </nav>
        </div>
        <div className="base">
          <p>© {agency.name}</p>
          <p>
            {words.version} {version}
          </p>
        </div>
      </div>
    </footer>
  );
}
