import type { BotRow } from "~/contracts/bot-row";
import { Badge } from "../ui/badge";

/** Marks the bot that others are measured against: it buys once and holds, without a stop. Nothing for any other. */
export const ControlBadge = ({ mode }: Pick<BotRow, "mode">) =>
  mode.isControl ? (
    <Badge>
      <abbr
        title="The bot that the others are measured against: it buys once and holds, with no stop, target or loss limit"
        className="no-underline"
      >
        CONTROL
      </abbr>
    </Badge>
  ) : null;
