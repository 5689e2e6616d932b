import {
  ArrowRight,
  ArrowUpRight,
  ChevronDown,
  ChevronRight,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleQuestionMark,
  CircleX,
  ClipboardCheck,
  ClipboardPaste,
  Clock,
  Copy,
  Crosshair,
  Download,
  Eye,
  EyeOff,
  FolderOpen,
  Hourglass,
  Info,
  KeyRound,
  Link,
  LoaderCircle,
  Lock,
  LockOpen,
  type LucideIcon,
  Minus,
  PenLine,
  Plus,
  RefreshCw,
  RotateCw,
  ScanSearch,
  Search,
  SearchX,
  Square,
  SquareStack,
  SunMoon,
  Terminal,
  TextWrap,
  Ticket,
  Trash2,
  TriangleAlert,
  Upload,
  Wifi,
  WifiOff,
  Wrench,
  X,
} from 'lucide-react';

/** One meaning an icon. Verdict icons are never used for anything else. */
const ICONS = {
  pass: CircleCheck,
  fail: CircleX,
  warning: TriangleAlert,
  'not-checked': CircleDashed,
  'cannot-know': CircleQuestionMark,
  'no-verdict': CircleMinus,

  inspect: ScanSearch,
  keys: KeyRound,

  minimise: Minus,
  maximise: Square,
  restore: SquareStack,
  close: X,

  calibrate: Crosshair,
  clock: Clock,
  copied: ClipboardCheck,
  copy: Copy,
  down: ChevronDown,
  export: Download,
  edit: PenLine,
  file: FolderOpen,
  hide: EyeOff,
  info: Info,
  link: Link,
  locked: Lock,
  offline: WifiOff,
  online: Wifi,
  paste: ClipboardPaste,
  plus: Plus,
  queue: Hourglass,
  refresh: RefreshCw,
  repaired: Wrench,
  requests: ArrowUpRight,
  reset: RotateCw,
  reveal: Eye,
  right: ChevronRight,
  'not-found': SearchX,
  search: Search,
  step: ArrowRight,
  spinner: LoaderCircle,
  terminal: Terminal,
  theme: SunMoon,
  ticket: Ticket,
  trash: Trash2,
  unlocked: LockOpen,
  upload: Upload,
  wrap: TextWrap,
} as const satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof ICONS;

/** Lucide, drawn at 12 to 20. Always beside a word or inside a labelled button, so hidden from assistive technology. */
export function Icon(props: { readonly name: IconName; readonly size?: number; readonly className?: string }) {
  const Drawing = ICONS[props.name];
  return (
    <Drawing
      aria-hidden
      size={props.size ?? 14}
      className={props.className === undefined ? 'i' : `i ${props.className}`}
    />
  );
}
