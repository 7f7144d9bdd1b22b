import type { BotRow } from "~/contracts/bot-row";
import { Badge } from "../ui/badge";

/** Marks the bot that others are measured against: it buys once and holds, without a stop. Nothing for any other. */
export const ControlBadge = ({ mode }: Pick<BotRow, "mode">) =>
  mode.isControl ? (
    <Badge>
      <abbr title="Buys once and holds whatever comes: no stop, no target, no loss limit" className="no-underline">
        CONTROL
      </abbr>
    </Badge>
  ) : null;
