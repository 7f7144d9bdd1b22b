import { LinkTabs } from "./link-tabs";
import { viewHref, VIEWS, type View } from "./views";

const NAMES: Record<View, string> = {
  overview: "Overview",
  positions: "Positions",
  trades: "Trades",
  decisions: "Decisions",
  cycles: "Cycles",
  settings: "Settings",
};

/** The parts of a bot's page. */
export const ViewTabs = ({ botId, view }: { readonly botId: string; readonly view: View }) => (
  <LinkTabs
    label="Parts of this bot's page"
    tabs={VIEWS.map((each) => ({ href: viewHref(botId, each), name: NAMES[each], isHere: each === view }))}
  />
);
