"""Crashes, faults and people who go on all the same: nothing is lost, nothing comes twice."""
