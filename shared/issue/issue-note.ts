/** What is said about a draft on its way to a target. */
export interface IssueNote {
  /**
   * `refused`: no token is made until it is mended; `left-out`: the target takes no such claim, the draft keeps it;
   * `changed`: written in another shape than the standard's; `hint`: worth knowing
   */
  readonly kind: 'refused' | 'left-out' | 'changed' | 'hint';
  /** kebab-case, stable */
  readonly code: string;
  /** one or two plain sentences */
  readonly message: string;
  /** name of the claim it is about, when it is about one */
  readonly claim?: string;
}

/** Takes down what there is to say about one claim. */
export type SayAboutClaim = (kind: IssueNote['kind'], code: string, message: string) => void;
