import type { GivenFeedback } from '@dcs/engine';
import type { FeedbackDto } from '../dto.ts';

export function feedbackDto(given: GivenFeedback): FeedbackDto {
  const { liked, comment, doesntMakeSense, outOfCharacter, other, at } = given;
  const submittedAt = new Date(at).toISOString();
  return { liked, comment, doesntMakeSense, outOfCharacter, other, submittedAt };
}
