import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An answer to a survey, on its own scale. */
@Entity('survey_answer')
export class SurveyAnswerRow {
  @PrimaryColumn({ name: 'workspace_id', type: 'integer' })
  readonly workspaceId: number;

  @PrimaryColumn({ name: 'profile_id', type: 'uuid' })
  readonly profileId: string;

  @PrimaryColumn({ name: 'interaction_id', type: 'uuid' })
  readonly interactionId: string;

  @Column({ type: 'text' })
  readonly survey: string;

  @Column({ name: 'answered_at', type: 'timestamptz' })
  readonly answeredAt: Date;

  @Column({ type: 'smallint' })
  readonly department: number;

  @Column({ type: 'smallint' })
  readonly channel: number;

  @Column({ type: 'double precision' })
  readonly score: number;

  @Column({ name: 'scale_min', type: 'double precision' })
  readonly scaleMin: number;

  @Column({ name: 'scale_max', type: 'double precision' })
  readonly scaleMax: number;

  @Column({ type: 'text', nullable: true })
  readonly version: string | null;

  @Column({ name: 'is_valid', type: 'boolean' })
  readonly isValid: boolean;

  @Column({ name: 'is_favourable', type: 'boolean' })
  readonly isFavourable: boolean;
}
