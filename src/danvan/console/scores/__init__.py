"""The pages of scoring: a year's sheets, a unit's own points, their appraisal."""
