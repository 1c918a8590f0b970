"""Tests: real servers, real files, real HTTP; nothing leaves this computer."""
